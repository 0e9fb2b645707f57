// How somebody likes the editor: kept on the server for who is signed in, else in this browser.
import { recall, remember } from "../site/memory.js";

const KEY = "editor-options";
const ADDRESS = "/editor-options";

function kept() {
  try {
    return JSON.parse(recall(KEY)) ?? {};
  } catch {
    return {};
  }
}

export class Options extends EventTarget {
  constructor(given, person) {
    super();
    this.names = Object.keys(given);
    this.person = person;
    Object.assign(this, given);
    const known = person ? {} : kept();
    for (const name of this.names) if (typeof known[name] === typeof given[name]) this[name] = known[name];
    this.showSize();
  }

  all() {
    return Object.fromEntries(this.names.map((name) => [name, this[name]]));
  }

  showSize() {
    document.documentElement.style.setProperty("--editor-size", `${this.font_size / 16}rem`);
  }

  /** True when the choice is remembered; it holds for this page in any case. */
  async choose(name, value) {
    this[name] = value;
    this.showSize();
    this.dispatchEvent(new Event("change"));
    const body = JSON.stringify(this.all());
    if (!this.person) return remember(KEY, body);
    const headers = { "Content-Type": "application/json" };
    try {
      return (await fetch(ADDRESS, { method: "PUT", headers, body, redirect: "manual" })).ok;
    } catch {
      return false;
    }
  }
}

const FORGOTTEN = "This holds until you leave the page: it could not be remembered.";

/** The dialog's controls carry the names of the options. */
export function startOptions(room, options) {
  const form = document.getElementById("editor-options").querySelector("form[data-options]");
  const note = form.querySelector("[data-options-note]");
  for (const control of form.elements) {
    if (!options.names.includes(control.name)) continue;
    if (control.type === "checkbox") control.checked = options[control.name];
    else control.value = String(options[control.name]);
    control.addEventListener("change", async () => {
      const value = control.type === "checkbox" ? control.checked : Number(control.value);
      note.textContent = (await options.choose(control.name, value)) ? "" : FORGOTTEN;
    });
  }
  room.querySelector("[data-editor-options]").hidden = false;
}
