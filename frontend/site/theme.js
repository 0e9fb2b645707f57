// Light, dark, or as the system says; set before the first paint.
import { recall, remember } from "./memory.js";

const CHOICES = ["system", "light", "dark"];
const LABELS = {
  system: "Colours: as the system",
  light: "Colours: light",
  dark: "Colours: dark",
};
const systemIsDark = matchMedia("(prefers-color-scheme: dark)");
const root = document.documentElement;

function choice() {
  const kept = recall("theme");
  return CHOICES.includes(kept) ? kept : "system";
}

function apply() {
  const chosen = choice();
  root.classList.toggle("dark", chosen === "dark" || (chosen === "system" && systemIsDark.matches));
  for (const button of document.querySelectorAll(".theme-toggle")) {
    button.dataset.theme = chosen;
    button.title = LABELS[chosen];
    button.setAttribute("aria-label", LABELS[chosen]);
    button.hidden = false;
  }
}

export function startTheme() {
  apply();
  for (const button of document.querySelectorAll(".theme-toggle")) {
    button.addEventListener("click", () => {
      remember("theme", CHOICES[(CHOICES.indexOf(choice()) + 1) % CHOICES.length]);
      apply();
    });
  }
}

systemIsDark.addEventListener("change", apply);
addEventListener("storage", (event) => {
  if (event.key === "assay:theme") apply();
});
root.classList.add("js");
apply();
