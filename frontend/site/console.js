// The request console: Ctrl-Enter sends, a command is copied, time runs, and what came is said once.
import { say } from "./live.js";

let said = "";

function announce() {
  const { summary } = document.getElementById("console-status").dataset;
  if (summary && summary !== said) say(summary);
  said = summary;
}

function count() {
  const time = document.querySelector("#console-status [data-countdown]");
  if (!time) return;
  const left = Math.max(0, Math.round((new Date(time.dateTime) - Date.now()) / 1000));
  const text = `in ${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
  if (time.textContent !== text) time.textContent = text;
}

async function copy(button) {
  try {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copies).textContent);
    say("Copied.");
    button.textContent = "Copied";
  } catch {
    button.textContent = "Not copied: mark it and copy it by hand";
  }
}

function show() {
  for (const button of document.querySelectorAll("#console-status [data-copies]")) button.hidden = false;
  count();
}

export function startConsole() {
  const form = document.getElementById("console-form");
  if (!form || !document.getElementById("console-status")) return;
  said = document.getElementById("console-status").dataset.summary;
  show();
  setInterval(count, 1000);
  document.addEventListener("htmx:after:swap", () => {
    show();
    announce();
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-copies]");
    if (button) copy(button);
  });
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    form.requestSubmit();
  });
}
