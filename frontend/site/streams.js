// While no stream is open to what is shown live, asks for it again every few seconds; beside one
// that says nothing for long, now and then, since a proxy may keep to itself what it is told.

const MISSED_SECONDS = 3;
const TRUSTED_SECONDS = 30;
const heardOf = new WeakMap();

function hear(event) {
  heardOf.set(event.target, Date.now());
}

function lose(event) {
  heardOf.delete(event.target);
}

/** Whether it is time to ask without being told: at once without a stream, rarely with a quiet one. */
function isMissed(stream) {
  if (!heardOf.has(stream)) return true;
  if (Date.now() - heardOf.get(stream) < TRUSTED_SECONDS * 1000) return false;
  heardOf.set(stream, Date.now());
  return true;
}

function lookForMissed() {
  // In the background streams rest, and nobody looks; they come back with the page.
  if (document.hidden) return;
  for (const live of document.querySelectorAll("[data-live]")) {
    const stream = live.querySelector("[hx-sse\\:connect]");
    if (isMissed(stream)) live.dispatchEvent(new CustomEvent("missed"));
  }
}

document.addEventListener("htmx:sse:after:connection", hear);
document.addEventListener("htmx:sse:after:message", hear);
for (const name of ["htmx:sse:before:connection", "htmx:sse:error", "htmx:sse:close"]) {
  document.addEventListener(name, lose);
}

export function startStreams() {
  setInterval(lookForMissed, MISSED_SECONDS * 1000);
}
