// The draft: all files of this challenge, kept in this browser so that a reload loses nothing.
import { recall, remember } from "../site/memory.js";

const QUIET_MILLISECONDS = 400;
const CLOCK = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" });
const DAY = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });

function at(milliseconds) {
  const moment = new Date(milliseconds);
  const isToday = moment.toDateString() === new Date().toDateString();
  return (isToday ? CLOCK : DAY).format(moment);
}

function readDraft(key) {
  try {
    const draft = JSON.parse(recall(key));
    const isDraft = draft && Object.values(draft.files).every((text) => typeof text === "string");
    return isDraft ? draft : null;
  } catch {
    return null;
  }
}

const same = (one, other) => JSON.stringify(Object.entries(one).sort()) === JSON.stringify(Object.entries(other).sort());

class Draft {
  constructor(room, workspace) {
    this.key = `draft:${room.dataset.slug}`;
    this.workspace = workspace;
    this.state = room.querySelector("[data-draft-state]");
    workspace.addEventListener("change", () => this.edited());
    addEventListener("pagehide", () => this.flush());
    addEventListener("storage", (event) => {
      if (event.key === `assay:${this.key}`) this.tell("Another tab changed this code; this tab keeps its own.");
    });
  }

  tell(text, isTrouble = false) {
    this.state.textContent = text;
    this.state.title = text;
    this.state.toggleAttribute("data-trouble", isTrouble);
  }

  edited() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), QUIET_MILLISECONDS);
    this.tell("Editing…");
  }

  flush() {
    if (this.timer) this.save();
  }

  save() {
    clearTimeout(this.timer);
    this.timer = 0;
    const kept = remember(this.key, JSON.stringify({ files: this.workspace.contents(), at: Date.now() }));
    if (kept) this.tell(`Kept in this browser, ${at(Date.now())}`);
    else this.tell("Not kept: this browser does not store it. Copy your code before you leave.", true);
  }
}

/** Shows the draft, unless the address asks for the code of a certain submission. */
export function startDraft(room, workspace, snack) {
  const draft = new Draft(room, workspace);
  const kept = readDraft(draft.key);
  const differs = kept && !same(kept.files, workspace.contents());
  const asked = new URLSearchParams(location.search).has("from");
  draft.tell("Changes are kept in this browser");
  if (asked) {
    // The address is used once: a reload must show the draft that grew from it.
    history.replaceState(history.state, "", location.pathname);
    draft.save();
    if (differs) snack.show("Opened that submission in place of your draft.", () => workspace.replace(kept.files));
  } else if (differs) {
    workspace.replace(kept.files);
    clearTimeout(draft.timer);
    draft.timer = 0;
    draft.tell(`Your draft, kept in this browser, ${at(kept.at)}`);
  }
}
