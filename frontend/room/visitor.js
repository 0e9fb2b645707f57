// The draft of somebody who is not signed in: it stays in this browser until they are.
import { remember } from "../site/memory.js";
import { readCopy, same } from "./copies.js";
import { at } from "./times.js";

const QUIET_MILLISECONDS = 400;

export class VisitorDraft {
  constructor({ slug, workspace, line }) {
    this.key = `draft:${slug}`;
    this.workspace = workspace;
    this.line = line;
    workspace.addEventListener("change", () => this.edited());
    workspace.addEventListener("write", () => this.save());
    addEventListener("pagehide", () => this.timer && this.save());
    addEventListener("storage", (event) => {
      if (event.key === `assay:${this.key}`) line.warn("Another tab changed this code; this tab keeps its own.");
    });
  }

  open() {
    const kept = readCopy(this.key);
    this.line.tell("Changes are kept in this browser");
    if (!kept || same(kept.files, this.workspace.contents())) return;
    this.workspace.replace(kept.files);
    clearTimeout(this.timer);
    this.timer = 0;
    this.line.tell(`Your draft, kept in this browser, ${at(kept.at)}`);
  }

  edited() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), QUIET_MILLISECONDS);
    this.line.tell("Editing…");
  }

  async save() {
    clearTimeout(this.timer);
    this.timer = 0;
    const kept = remember(this.key, JSON.stringify({ files: this.workspace.contents(), at: Date.now() }));
    if (kept) this.line.tell(`Kept in this browser, ${at(Date.now())}`);
    else this.line.warn("Not kept: this browser does not store it. Copy your code before you leave.");
    return kept;
  }
}
