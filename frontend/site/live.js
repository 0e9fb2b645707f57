// The one live region of the page: it says one summary for each change.

export function say(text) {
  const region = document.getElementById("live");
  if (region) region.textContent = text;
}
