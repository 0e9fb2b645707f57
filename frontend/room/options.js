// The one choice about the editor: does Tab indent, or move on? Remembered in this browser.
import { recall, remember } from "../site/memory.js";

const KEY = "tab-indents";

export function tabIndents() {
  return recall(KEY) === "yes";
}

export function startOptions(room) {
  const button = room.querySelector("[data-does=tab]");
  const show = () => button.setAttribute("aria-pressed", String(tabIndents()));
  button.addEventListener("click", () => {
    remember(KEY, tabIndents() ? null : "yes");
    show();
  });
  room.querySelector("[data-editor-options]").hidden = false;
  show();
}
