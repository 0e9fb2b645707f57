// The candidate's files, one of which the editor shows, and what lies beside them for reading.
import { stateOf, viewIn } from "./editor.js";
import { FileTabs } from "./filetabs.js";

export class Workspace extends EventTarget {
  constructor(room, { files, given, examples }) {
    super();
    this.entry = room.dataset.entry;
    this.own = new Map();
    this.given = new Set(Object.keys(given));
    this.fixed = new Map(
      Object.entries({ ...given, ...examples }).map(([name, text]) => [name, stateOf(name, text, { isReadOnly: true })]),
    );
    this.note = room.querySelector("[data-file-note]");
    this.fill(files);
    this.active = this.entry;
    this.view = this.openEditor(room.querySelector("[data-editor]"));
    this.tabs = new FileTabs(room.querySelector("[data-file-tabs]"), this);
  }

  /** CodeMirror takes the place of the plain textarea that works without script. */
  openEditor(place) {
    const textarea = place.querySelector("textarea");
    const view = viewIn(place, this.own.get(this.active));
    textarea.disabled = true;
    textarea.hidden = true;
    return view;
  }

  fill(files) {
    const names = Object.keys(files).filter((name) => name !== this.entry);
    const texts = { [this.entry]: "", ...files };
    this.own = new Map([this.entry, ...names].map((name) => [name, this.newState(name, texts[name])]));
  }

  newState(name, text) {
    return stateOf(name, text, { onEdit: () => this.changed() });
  }

  changed() {
    this.dispatchEvent(new Event("change"));
  }

  get isFixed() {
    return !this.own.has(this.active);
  }

  /** The view holds the newest state of the file it shows. */
  keep() {
    (this.isFixed ? this.fixed : this.own).set(this.active, this.view.state);
  }

  show(name) {
    this.keep();
    this.display(name);
  }

  display(name) {
    this.active = name;
    this.view.setState(this.own.get(name) ?? this.fixed.get(name));
    this.note.hidden = !this.isFixed;
    for (const text of this.note.querySelectorAll("[data-note-of]")) {
      text.hidden = (text.dataset.noteOf === "given") !== this.given.has(name);
    }
    this.tabs.draw();
    this.dispatchEvent(new Event("show"));
  }

  contents() {
    this.keep();
    return Object.fromEntries([...this.own].map(([name, state]) => [name, state.doc.toString()]));
  }

  snapshot() {
    this.keep();
    return { own: new Map(this.own), active: this.active };
  }

  restore({ own, active }) {
    this.own = new Map(own);
    this.display(active);
    this.changed();
  }

  replace(files) {
    this.fill(files);
    this.display(this.entry);
    this.changed();
  }

  add(name) {
    this.keep();
    this.own.set(name, this.newState(name, ""));
    this.display(name);
    this.changed();
    this.view.focus();
  }

  rename(name, newName) {
    this.keep();
    const entries = [...this.own].map(([key, state]) =>
      key === name ? [newName, this.newState(newName, state.doc.toString())] : [key, state],
    );
    this.own = new Map(entries);
    this.display(newName);
    this.changed();
  }

  remove(name) {
    this.keep();
    this.own.delete(name);
    this.display(this.entry);
    this.changed();
  }

  /** Why a file cannot have this name, in words; an empty string when it can. */
  faultOf(name) {
    if (!name) return "A file needs a name.";
    if (name.split("/").includes("..")) return "A name cannot lead out of the folder with “..”.";
    if (!/^[A-Za-z0-9_][\w.-]*(\/[A-Za-z0-9_][\w.-]*)*$/.test(name)) {
      return "Use letters, digits, “_”, “-”, “.” and “/” for folders, as in routers/tickets.py.";
    }
    if (this.given.has(name)) return `${name} is given with the task and stays as it is.`;
    return this.own.has(name) ? `There already is a file ${name}.` : "";
  }
}
