// The candidate's files, one of which the editor shows, and what lies beside them for reading.
import { choosing, stateOf, viewIn } from "./editor.js";
import { FileTabs } from "./filetabs.js";
import { PlainView } from "./plain.js";

// The server has the last word on names and sizes; these are its limits that a dialog can meet.
const MOST_FILES = 50;
const MOST_CHARACTERS = 120;

export class Workspace extends EventTarget {
  constructor(room, { files, given, examples }, options) {
    super();
    this.entry = room.dataset.entry;
    this.options = options;
    this.vim = null;
    this.own = new Map();
    this.given = new Set(Object.keys(given));
    this.fixed = new Map(
      Object.entries({ ...given, ...examples }).map(([name, text]) => [name, this.newState(name, text, true)]),
    );
    this.note = room.querySelector("[data-file-note]");
    this.place = room.querySelector("[data-editor]");
    this.textarea = this.place.querySelector("textarea");
    this.textarea.disabled = true;
    this.textarea.hidden = true;
    this.fill(files);
    this.active = this.entry;
    this.open();
    this.tabs = new FileTabs(room.querySelector("[data-file-tabs]"), this);
    options.addEventListener("change", () => this.refit());
    if (options.vim) this.refit();
  }

  /** CodeMirror takes the place of the plain textarea that works without script, unless that is preferred. */
  open() {
    this.view?.destroy();
    const state = this.own.get(this.active) ?? this.fixed.get(this.active);
    this.view = this.options.plain ? new PlainView(this.textarea, state) : viewIn(this.place, state);
    this.isPlain = this.options.plain;
    if (this.isPlain) {
      this.view.onEdit = () => this.changed();
      this.label();
    }
  }

  label() {
    this.textarea.setAttribute("aria-label", this.isFixed ? `${this.active}, for reading` : `Code of ${this.active}`);
  }

  /** Every file follows the options, also those that are not shown. */
  async refit() {
    this.vim = this.options.vim ? await this.loadVim() : null;
    this.keep();
    const effects = choosing(this.options, this.vim);
    for (const files of [this.own, this.fixed]) {
      for (const [name, state] of files) files.set(name, state.update({ effects }).state);
    }
    if (this.isPlain !== this.options.plain) this.open();
    else this.view.setState(this.own.get(this.active) ?? this.fixed.get(this.active));
  }

  async loadVim() {
    const { vimKeys } = await import("./vim.js");
    return vimKeys(() => this.dispatchEvent(new Event("write")));
  }

  fill(files) {
    const names = Object.keys(files).filter((name) => name !== this.entry);
    const texts = { [this.entry]: "", ...files };
    this.own = new Map([this.entry, ...names].map((name) => [name, this.newState(name, texts[name])]));
  }

  newState(name, text, isReadOnly = false) {
    return stateOf(name, text, {
      isReadOnly,
      onEdit: () => this.changed(),
      others: () => this.others(),
      options: this.options,
      vim: this.vim,
    });
  }

  /** Names and texts of the files that are not shown. */
  others() {
    const files = [...this.own, ...this.fixed].filter(([name]) => name !== this.active);
    return new Map(files.map(([name, state]) => [name, state.doc.toString()]));
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
    if (this.isPlain) this.label();
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
    const { active } = this;
    this.fill(files);
    this.display(this.own.has(active) || this.fixed.has(active) ? active : this.entry);
    this.changed();
  }

  /** The text of one file changes, and with it nothing else. */
  rewrite(name, text) {
    this.keep();
    this.own.set(name, this.newState(name, text));
    this.display(name);
    this.changed();
  }

  textOf(name) {
    this.keep();
    return this.own.get(name)?.doc.toString();
  }

  /** The next file, or the one before, and round again. */
  step(by) {
    const names = [...this.own.keys(), ...this.fixed.keys()];
    this.show(names[(names.indexOf(this.active) + by + names.length) % names.length]);
    this.view.focus();
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
    if (name.length > MOST_CHARACTERS) return `A name has at most ${MOST_CHARACTERS} characters.`;
    if (this.own.size >= MOST_FILES) return `There are ${MOST_FILES} files already, which is the limit.`;
    if (this.given.has(name)) return `${name} is given with the task and stays as it is.`;
    return this.own.has(name) ? `There already is a file ${name}.` : "";
  }
}
