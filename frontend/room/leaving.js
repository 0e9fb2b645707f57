// Escape, then Tab, leaves the editor: whatever the keys in between mean to Vim or to a completion.

const MILLISECONDS_BETWEEN = 2000;

export function startLeaving(place) {
  let escapedAt = -Infinity;
  const press = (event) => {
    const isLeaving = event.key === "Tab" && event.timeStamp - escapedAt < MILLISECONDS_BETWEEN;
    // The browser's own Tab goes on; only the editor does not hear of it.
    if (isLeaving) event.stopPropagation();
    if (event.key === "Escape") escapedAt = event.timeStamp;
    else if (event.key !== "Shift") escapedAt = -Infinity;
  };
  place.addEventListener("keydown", press, true);
}
