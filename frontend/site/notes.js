// Notes that save themselves: says at once what is not stored yet, and keeps that in this browser until it is.
import { recall, remember } from "./memory.js";

class Notes {
  constructor(form) {
    this.form = form;
    this.field = form.elements.text;
    this.line = document.querySelector("[data-notes-line]");
    this.key = `notes:${form.dataset.notes}`;
    this.sent = null;
    this.restore();
    this.field.addEventListener("input", () => this.edited());
    form.addEventListener("htmx:before:request", () => this.sending());
    document.addEventListener("htmx:after:swap", (event) => {
      if (event.detail.ctx.sourceElement === form) this.answered();
    });
    document.addEventListener("htmx:error", (event) => {
      if (event.detail.ctx?.sourceElement === form) this.tell("Not saved: no connection. This browser keeps what you typed.");
    });
    addEventListener("online", () => {
      // What another tab has kept is that tab's to send.
      if (this.kept()?.text === this.field.value) form.requestSubmit();
    });
    document.addEventListener("click", (event) => {
      if (event.target.closest("[data-drops-notes]")) remember(this.key, null);
    });
  }

  /** What was typed and never reached the server; if that has other notes by now, it will say so. */
  restore() {
    const kept = this.kept();
    if (!kept || "refused" in this.form.dataset) return;
    if (kept.text === this.field.value) {
      remember(this.key, null);
      return;
    }
    this.field.value = kept.text;
    this.form.elements.based_on.value = kept.basedOn;
    this.tell("Typed here earlier and not saved then. Saving now…");
    // After htmx has seen the form.
    setTimeout(() => this.form.requestSubmit());
  }

  kept() {
    try {
      return JSON.parse(recall(this.key));
    } catch {
      return null;
    }
  }

  edited() {
    const kept = remember(this.key, JSON.stringify({ text: this.field.value, basedOn: this.form.elements.based_on.value }));
    this.tell(kept ? "Not saved yet…" : "Not saved yet, and this browser keeps no copy. Stay until it is.");
  }

  sending() {
    this.sent = this.field.value;
    this.tell("Saving…");
  }

  answered() {
    const state = document.getElementById("notes-state");
    if ("refused" in state.dataset) {
      this.tell("");
    } else if (this.sent === this.field.value) {
      this.form.elements.based_on.value = state.dataset.revision;
      remember(this.key, null);
      this.tell("");
    }
  }

  tell(text) {
    this.line.textContent = text;
    this.line.hidden = text === "";
    document.getElementById("notes-state").classList.toggle("is-old", text !== "");
  }
}

export function startNotes() {
  for (const form of document.querySelectorAll("form[data-notes]")) new Notes(form);
}
