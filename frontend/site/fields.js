// Fields to copy from: the focus, which may be there already, marks all that is in them.
export function startSelecting() {
  for (const field of document.querySelectorAll("[data-selects]")) {
    field.addEventListener("focus", () => field.select());
    if (field === document.activeElement) field.select();
  }
}
