// Shows the time that is left by the server's clock; it decides nothing and only counts down.
import { say } from "./live.js";
import { recall, remember } from "./memory.js";

const HIDDEN = "clock-hidden";
const SAID_AT = [10, 5, 1];
const OVER = "Time is over";

function words(seconds) {
  const two = (number) => String(number).padStart(2, "0");
  const minutes = Math.floor(seconds / 60);
  const rest = two(seconds % 60);
  return minutes < 60 ? `${minutes}:${rest}` : `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${rest}`;
}

class Clock {
  constructor(element) {
    this.left = element.querySelector("[data-clock-left]");
    this.end = element.querySelector("[data-clock-end]");
    this.ends = Date.parse(element.dataset.ends);
    // How far this computer's clock is from the server's.
    this.ahead = Date.now() - Date.parse(element.dataset.now);
    this.before = this.seconds();
    this.left.hidden = false;
    this.show();
    this.timer = setInterval(() => this.tick(), 500);
    if (this.before > 0) this.end.classList.add("is-second");
  }

  seconds() {
    return Math.max(0, Math.ceil((this.ends - (Date.now() - this.ahead)) / 1000));
  }

  tick() {
    const now = this.seconds();
    const passed = SAID_AT.find((minutes) => this.before > minutes * 60 && now <= minutes * 60);
    if (now > 0 && passed) say(passed === 1 ? "One minute left." : `${passed} minutes left.`);
    if (now === 0 && this.before > 0) this.over();
    this.before = now;
    this.show();
  }

  show() {
    this.left.textContent = this.before > 0 ? words(this.before) : OVER;
    this.left.classList.toggle("is-short", this.before <= 300);
  }

  over() {
    clearInterval(this.timer);
    say("The time is over. What was last saved is handed in for you.");
    document.body.classList.add("is-time-over");
  }
}

function startToggle(button) {
  const show = () => {
    const hidden = recall(HIDDEN) === "yes";
    document.documentElement.classList.toggle("hides-clock", hidden);
    button.setAttribute("aria-pressed", String(hidden));
    button.textContent = hidden ? "Show the time" : "Hide the time";
  };
  button.hidden = false;
  button.addEventListener("click", () => {
    remember(HIDDEN, recall(HIDDEN) === "yes" ? null : "yes");
    show();
  });
  show();
}

export function startClocks() {
  for (const element of document.querySelectorAll("[data-clock]")) new Clock(element);
  for (const button of document.querySelectorAll("[data-clock-toggle]")) startToggle(button);
}
