// The notice that two pages disagree about a draft: both are kept, one of them goes on.
import { say } from "../site/live.js";

export class Conflict {
  constructor(element) {
    this.element = element;
    this.text = element.querySelector("[data-conflict-text]");
    element.querySelector("[data-does=theirs]").addEventListener("click", () => this.choose(this.theirs));
    element.querySelector("[data-does=mine]").addEventListener("click", () => this.choose(this.mine));
  }

  show(text, { theirs, mine }) {
    this.theirs = theirs;
    this.mine = mine;
    if (!this.element.hidden && this.text.textContent === text) return;
    this.text.textContent = text;
    this.element.hidden = false;
    say(`${text} Choose above the editor which one goes on.`);
  }

  choose(act) {
    this.element.hidden = true;
    act();
  }
}
