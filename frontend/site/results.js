// Watches the result on the page: announces each change once and tells the rest of the page about it.
import { say } from "./live.js";

let seen = { id: "", phase: "", summary: "" };

function current() {
  const { id = "", phase = "", summary = "" } = document.getElementById("submission-status")?.dataset ?? {};
  return { id, phase, summary };
}

function tell(name) {
  document.body.dispatchEvent(new CustomEvent(name, { bubbles: true }));
}

function look(event) {
  const now = current();
  const isNew = event.detail.ctx.request.method === "POST";
  const isDone = now.phase === "done" && (isNew || seen.phase !== "done");
  if (now.summary && (isNew || now.summary !== seen.summary)) say(now.summary);
  seen = now;
  if (isNew) tell("submission-made");
  if (isDone) tell("submission-done");
}

// What the page already showed when it was loaded is no news.
document.addEventListener("DOMContentLoaded", () => {
  seen = current();
});
document.addEventListener("htmx:after:swap", look);
