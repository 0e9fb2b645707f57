// The line under the header that says what went wrong with a request.

function line() {
  return document.getElementById("trouble");
}

export function showTrouble(text) {
  const element = line();
  if (!element) return;
  element.querySelector("[data-trouble-text]").textContent = text;
  element.hidden = false;
  element.setAttribute("role", "alert");
}

export function clearTrouble() {
  const element = line();
  if (element) element.hidden = true;
}

export function startTrouble() {
  line()?.querySelector("button").addEventListener("click", clearTrouble);
}
