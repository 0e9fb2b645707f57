// The one table of keys: it binds them, and the sheet on `?` is drawn from it.

const isMac = /Mac|iPhone|iPad/.test(navigator.platform);
const MODIFIER = isMac ? "⌘" : "Ctrl";
const SHOWN = { Mod: MODIFIER, Shift: isMac ? "⇧" : "Shift", Alt: isMac ? "⌥" : "Alt", Enter: "Enter", PageDown: "Page ↓", PageUp: "Page ↑" };

// `does` names an action of the room; without one, the editor or the page itself knows the key.
export const SHORTCUTS = [
  { group: "Run and hand in", keys: "Mod+Enter", label: "Run the example checks", does: "run" },
  { group: "Run and hand in", keys: "Mod+Shift+Enter", label: "Submit for grading", does: "submit" },
  { group: "Run and hand in", keys: "Mod+S", label: "Save now (it saves by itself)", does: "save" },
  { group: "Go to", keys: "Alt+Shift+1", label: "The statement", does: "statement" },
  { group: "Go to", keys: "Alt+Shift+2", label: "The editor", does: "editor" },
  { group: "Go to", keys: "Alt+Shift+3", label: "The results", does: "results" },
  { group: "Go to", keys: "Alt+PageDown", label: "The next file", does: "next" },
  { group: "Go to", keys: "Alt+PageUp", label: "The file before", does: "previous" },
  { group: "Go to", keys: "Esc, Tab", label: "Out of the editor" },
  { group: "Go to", keys: "?", label: "This sheet, outside the editor", does: "sheet" },
  { group: "Edit", keys: "Mod+Space", label: "Complete a name" },
  { group: "Edit", keys: "Mod+]", label: "Indent the line" },
  { group: "Edit", keys: "Mod+[", label: "Unindent the line" },
  { group: "Edit", keys: "Mod+/", label: "Comment the line" },
  { group: "Edit", keys: "Alt+↑, ↓", label: "Move the line" },
  { group: "Edit", keys: "Mod+F", label: "Find and replace" },
  { group: "Edit", keys: "F8", label: "The next syntax error" },
  { group: "Edit", keys: "Mod+Shift+M", label: "List all syntax errors" },
  { group: "Layout", keys: "← → ↑ ↓", label: "Move a splitter that has the focus" },
];

/** A digit or letter by its place on the keyboard, since Alt and Shift change what it types. */
function keyOf(event) {
  const [, plain] = /^(?:Digit|Key)(.)$/.exec(event.code) ?? [];
  return plain ?? event.key;
}

export function matches({ keys }, event) {
  if (keys === "?") return event.key === "?" && !event.ctrlKey && !event.metaKey && !event.altKey;
  const parts = keys.split("+");
  const wants = (name) => parts.includes(name);
  const key = parts.at(-1);
  return (
    keyOf(event).toLowerCase() === key.toLowerCase() &&
    (event.ctrlKey || event.metaKey) === wants("Mod") &&
    event.shiftKey === wants("Shift") &&
    event.altKey === wants("Alt")
  );
}

const isTyping = (target) => Boolean(target.closest?.("input, textarea, select, [contenteditable=true]"));

/** Binds every key of the table to its action. */
export function startShortcuts(actions, options) {
  const press = (event) => {
    if (document.querySelector("dialog[open]")) return;
    const found = SHORTCUTS.find((shortcut) => shortcut.does && matches(shortcut, event));
    if (!found || (found.does === "sheet" && (isTyping(event.target) || !options.question_mark))) return;
    event.preventDefault();
    event.stopPropagation();
    actions[found.does]();
  };
  // In the capture phase: the editor has its own idea of some of these keys.
  document.addEventListener("keydown", press, true);
}

function element(name, text = "", className = "") {
  const made = document.createElement(name);
  made.textContent = text;
  if (className) made.className = className;
  return made;
}

function keysOf(keys) {
  const shown = document.createElement("dd");
  for (const part of keys.split(/[+ ]|, /)) shown.append(element("kbd", SHOWN[part] ?? part, "kbd"), " ");
  return shown;
}

/** Fills the sheet with the table, group by group. */
export function drawSheet(place) {
  for (const group of new Set(SHORTCUTS.map((shortcut) => shortcut.group))) {
    const list = element("dl", "", "pairs");
    for (const { keys, label } of SHORTCUTS.filter((shortcut) => shortcut.group === group)) {
      const row = document.createElement("div");
      row.append(element("dt", label), keysOf(keys));
      list.append(row);
    }
    const part = document.createElement("section");
    part.append(element("h3", group, "panel-title"), list);
    place.append(part);
  }
}
