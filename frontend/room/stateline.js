// The line that says where the draft is: saved, on its way, or kept in this browser for now.
import { say } from "../site/live.js";

export class StateLine {
  constructor(room) {
    this.line = room.querySelector("[data-draft-state]");
    this.link = room.querySelector("[data-draft-sign-in]");
    this.wasTrouble = false;
  }

  tell(text) {
    if (this.wasTrouble) say(text);
    this.put(text, false);
  }

  /** Something that the candidate should know now; said aloud once. */
  warn(text, { signIn = false } = {}) {
    if (this.line.textContent !== text) say(text);
    this.put(text, true);
    this.link.hidden = !signIn;
  }

  put(text, isTrouble) {
    this.wasTrouble = isTrouble;
    this.line.textContent = text;
    this.line.title = text;
    this.line.toggleAttribute("data-trouble", isTrouble);
    this.link.hidden = true;
  }
}
