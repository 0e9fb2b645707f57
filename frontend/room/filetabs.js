// The row of file tabs over the editor.
import { tabForKey } from "../site/tabs.js";

const LOCK = "M5 11h14a2 2 0 0 1 2 2v7a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2v-7a2 2 0 0 1 2-2zM7 11V7a5 5 0 0 1 10 0v4";

function lock() {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("class", "icon is-small");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-label", "for reading");
  svg.setAttribute("role", "img");
  const path = document.createElementNS(svg.namespaceURI, "path");
  for (const [name, value] of Object.entries({ d: LOCK, fill: "none", stroke: "currentColor", "stroke-width": 2 })) {
    path.setAttribute(name, value);
  }
  svg.append(path);
  return svg;
}

export class FileTabs {
  constructor(list, workspace) {
    this.list = list;
    this.workspace = workspace;
    this.draw();
  }

  draw() {
    const hadFocus = this.list.contains(document.activeElement);
    const { own, fixed } = this.workspace;
    this.list.replaceChildren(...[...own.keys(), ...fixed.keys()].map((name) => this.tab(name)));
    const selected = this.list.querySelector("[aria-selected=true]");
    selected.scrollIntoView({ block: "nearest", inline: "nearest" });
    if (hadFocus) selected.focus();
  }

  tab(name) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "file-tab";
    button.setAttribute("role", "tab");
    const isActive = name === this.workspace.active;
    button.setAttribute("aria-selected", String(isActive));
    button.tabIndex = isActive ? 0 : -1;
    button.dataset.name = name;
    if (!this.workspace.own.has(name)) button.append(lock());
    button.append(name);
    button.addEventListener("click", () => this.workspace.show(name));
    button.addEventListener("keydown", (event) => this.press(event, button));
    return button;
  }

  press(event, button) {
    const next = tabForKey([...this.list.children], button, event.key);
    if (!next) return;
    event.preventDefault();
    this.workspace.show(next.dataset.name);
  }
}
