// Separators that move by pointer and by keyboard, and stay where they were put.
import { recall, remember } from "./memory.js";

const STEP = 2;
const root = document.documentElement;
const keyOf = (name) => `split${name}`;

// Before the first paint, so that nothing jumps.
for (const name of ["--task-width", "--results-height"]) {
  const kept = Number(recall(keyOf(name)));
  if (kept > 0) root.style.setProperty(name, `${kept}%`);
}

class Splitter {
  constructor(element) {
    this.element = element;
    this.name = element.dataset.splits;
    this.isUpright = element.getAttribute("aria-orientation") === "vertical";
    this.fromEnd = "fromEnd" in element.dataset;
    this.least = Number(element.getAttribute("aria-valuemin"));
    this.most = Number(element.getAttribute("aria-valuemax"));
    this.initial = Number(element.getAttribute("aria-valuenow"));
    const kept = Number(recall(keyOf(this.name)));
    if (kept) this.show(kept);
    element.addEventListener("pointerdown", (event) => this.grab(event));
    element.addEventListener("keydown", (event) => this.press(event));
    element.addEventListener("dblclick", () => this.moveTo(this.initial));
  }

  get value() {
    return Number(this.element.getAttribute("aria-valuenow"));
  }

  show(value) {
    const percent = Math.round(Math.min(this.most, Math.max(this.least, value)) * 10) / 10;
    root.style.setProperty(this.name, `${percent}%`);
    this.element.setAttribute("aria-valuenow", String(percent));
  }

  moveTo(value) {
    this.show(value);
    remember(keyOf(this.name), String(this.value));
  }

  press(event) {
    const [less, more] = this.isUpright ? ["ArrowLeft", "ArrowRight"] : ["ArrowDown", "ArrowUp"];
    const goals = { [less]: this.value - STEP, [more]: this.value + STEP, Home: this.least, End: this.most };
    if (!(event.key in goals)) return;
    event.preventDefault();
    this.moveTo(goals[event.key]);
  }

  grab(event) {
    event.preventDefault();
    this.element.focus({ preventScroll: true });
    this.element.setPointerCapture(event.pointerId);
    this.element.classList.add("is-moving");
    const offset = this.value - this.percentAt(event);
    const move = (moved) => this.show(this.percentAt(moved) + offset);
    const drop = () => {
      this.element.removeEventListener("pointermove", move);
      this.element.classList.remove("is-moving");
      this.moveTo(this.value);
    };
    this.element.addEventListener("pointermove", move);
    this.element.addEventListener("lostpointercapture", drop, { once: true });
  }

  percentAt(event) {
    const box = this.element.parentElement.getBoundingClientRect();
    const part = this.isUpright
      ? (event.clientX - box.left) / box.width
      : (event.clientY - box.top) / box.height;
    return 100 * (this.fromEnd ? 1 - part : part);
  }
}

export function startSplitters(page) {
  for (const element of page.querySelectorAll("[data-splits]")) new Splitter(element);
}
