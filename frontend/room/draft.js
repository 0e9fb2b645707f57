// The draft of somebody who is signed in: saved on the server, and in this browser until it is there.
import { browserName, Copies, random } from "./copies.js";
import { at } from "./times.js";
import { current, put, putAndLeave } from "./wire.js";

const QUIET_MILLISECONDS = 1000;
const LONGEST_QUIET_MILLISECONDS = 5000;
const FIRST_RETRY_MILLISECONDS = 2000;
const LONGEST_RETRY_MILLISECONDS = 30_000;
const WORDS = {
  offline: "Offline: kept in this browser, sent when you are back",
  trouble: "Not saved: the server has trouble. Kept in this browser, trying again",
  "signed-out": "Signed out: kept in this browser, saved when you sign in again",
};

export class Draft {
  constructor({ address, person, slug, version, workspace, line, conflict, snack }) {
    Object.assign(this, { address, person, workspace, line, conflict, snack });
    this.base = version;
    this.copies = new Copies(person, slug);
    this.browser = browserName();
    this.writer = `${this.browser}:${random()}`;
    this.step = 0;
    this.edits = 0;
    this.savedEdits = 0;
    this.failures = 0;
    this.disagrees = false;
    this.handled = [];
    this.listen();
  }

  listen() {
    this.workspace.addEventListener("change", () => this.edited());
    this.workspace.addEventListener("write", () => this.save());
    addEventListener("pagehide", () => this.leave());
    addEventListener("online", () => this.comeBack());
    addEventListener("focus", () => this.comeBack());
    document.addEventListener("visibilitychange", () => (document.hidden ? this.save() : this.comeBack()));
    addEventListener("beforeunload", (event) => this.isOnlyHere && event.preventDefault());
  }

  get isDirty() {
    return this.edits !== this.savedEdits;
  }

  edited() {
    this.edits += 1;
    this.editedSince ??= Date.now();
    this.keepCopy();
    if (this.disagrees) return;
    const waited = Date.now() - this.editedSince;
    this.schedule(Math.min(QUIET_MILLISECONDS, Math.max(0, LONGEST_QUIET_MILLISECONDS - waited)));
  }

  /** Typing does not wait for storage: the copy follows within a moment, or when the page is left. */
  keepCopy() {
    this.copyTimer ??= setTimeout(() => this.writeCopy(), 200);
  }

  writeCopy() {
    clearTimeout(this.copyTimer);
    this.copyTimer = undefined;
    if (this.isDirty) this.isCopied = this.copies.keep(this.workspace.contents(), this.base);
  }

  /** Neither the server nor the browser's storage has it: then leaving loses it. */
  get isOnlyHere() {
    this.writeCopy();
    return this.isDirty && !this.isCopied;
  }

  schedule(milliseconds) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), milliseconds);
  }

  body(more = {}) {
    this.step += 1;
    const files = this.workspace.contents();
    return { person: this.person, files, based_on: this.base, writer: this.writer, step: this.step, ...more };
  }

  leave() {
    if (!this.isDirty) return;
    this.writeCopy();
    if (!this.disagrees) putAndLeave(this.address, this.body());
  }

  /** One request at a time; what is typed meanwhile goes with the next one. True when all is saved. */
  async save() {
    clearTimeout(this.timer);
    this.editedSince = undefined;
    while (this.sending) await this.sending;
    if (!this.isDirty || this.disagrees) return !this.isDirty;
    this.sending = this.send();
    await this.sending;
    this.sending = null;
    return !this.isDirty;
  }

  async send() {
    const edits = this.edits;
    if (!this.failures) this.line.put("Saving…", false);
    const answer = await put(this.address, this.body());
    if (answer.kind === "saved") this.saved(answer.draft, edits);
    else if (answer.kind === "outdated") this.disagree(answer.draft);
    else if (answer.kind === "refused") this.line.warn(`Not saved. ${answer.words} Kept in this browser.`);
    else this.retry(answer.kind);
  }

  saved({ version, saved_at: savedAt }, edits) {
    this.base = version;
    this.savedEdits = edits;
    this.failures = 0;
    this.line.tell(`Saved ${at(savedAt)}`);
    if (this.isDirty) return;
    this.copies.drop();
    for (const key of this.handled.splice(0)) this.copies.drop(key);
  }

  retry(kind) {
    const text = WORDS[kind];
    this.line.warn(this.isOnlyHereWords(text), { signIn: kind === "signed-out" });
    this.failures += 1;
    this.schedule(Math.min(LONGEST_RETRY_MILLISECONDS, FIRST_RETRY_MILLISECONDS * 2 ** (this.failures - 1)));
  }

  isOnlyHereWords(text) {
    return this.isOnlyHere ? "Not saved, and this browser does not store it. Copy your code before you leave" : text;
  }

  /** Somebody is back at this page: send what waits, or look whether another device went on. */
  async comeBack() {
    if (this.isDirty || this.disagrees) {
      await this.save();
      return;
    }
    const { kind, draft } = await current(this.address);
    if (kind !== "saved" || !draft.version || draft.version <= this.base || this.isDirty) return;
    const mine = draft.writer === this.writer;
    if (!mine) this.adopt(draft, `Brought up to date: this draft was changed ${this.where(draft)} at ${at(draft.saved_at)}.`);
    this.base = draft.version;
  }

  where({ writer }) {
    if (!writer) return "from another page";
    return writer.startsWith(`${this.browser}:`) ? "in another tab" : "on another device";
  }

  /** Shows the server's state; an undo makes a new version out of what was here. */
  adopt(draft, words) {
    const mine = this.workspace.contents();
    this.workspace.replace(draft.files);
    this.base = draft.version;
    this.settled();
    this.line.tell(`Saved ${at(draft.saved_at)}`);
    this.snack.show(words, () => this.workspace.replace(mine));
  }

  /** What the editor shows is what the server has. */
  settled() {
    clearTimeout(this.timer);
    this.savedEdits = this.edits;
    this.editedSince = undefined;
    this.copies.drop();
    for (const key of this.handled.splice(0)) this.copies.drop(key);
  }

  disagree(draft) {
    this.disagrees = true;
    this.line.warn("Not saved: choose above the editor. Kept in this browser");
    const text = `This draft was changed ${this.where(draft)} at ${at(draft.saved_at)}.`;
    this.conflict.show(text, { theirs: () => this.takeTheirs(draft), mine: () => this.keepMine(draft) });
  }

  /** The other one is a version already, so that mine may go over it. */
  keepMine(draft) {
    this.disagrees = false;
    this.base = draft.version;
    this.save();
  }

  /** Mine becomes a version first; only then the other one takes its place. */
  async takeTheirs(draft) {
    const edits = this.edits;
    const { kind, words } = await put(this.address, this.body({ aside: true }));
    if (kind !== "saved" || edits !== this.edits) {
      this.line.warn(words ?? WORDS[kind] ?? "You went on typing: please choose again");
      this.disagree(draft);
      return;
    }
    this.disagrees = false;
    this.adopt(draft, "Took the other one; yours is kept under Versions.");
  }

  /** A state that nobody's page shows becomes a version of its own. */
  async setAside(copy) {
    const { kind } = await put(this.address, { ...this.body({ aside: true }), files: copy.files });
    if (kind === "saved") this.copies.drop(copy.key);
  }
}
