// A short message over the editor, with an Undo when there is something to undo.
import { say } from "../site/live.js";

export class Snack {
  constructor(element) {
    this.element = element;
    this.undoButton = element.querySelector("[data-does=undo]");
    this.undoButton.addEventListener("click", () => {
      this.hide();
      this.undo();
      say("Undone.");
    });
    element.querySelector("[data-does=dismiss]").addEventListener("click", () => this.hide());
  }

  show(text, undo) {
    this.undo = undo;
    this.undoButton.hidden = !undo;
    this.element.querySelector("[data-snack-text]").textContent = text;
    this.element.hidden = false;
    say(undo ? `${text} You can undo this.` : text);
  }

  hide() {
    this.element.hidden = true;
  }
}
