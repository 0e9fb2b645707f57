// Marks what cannot be Python, calmly: only after a pause, one message a line, and a list on request.
import { syntaxTree } from "@codemirror/language";
import { linter } from "@codemirror/lint";

const QUIET_MILLISECONDS = 900;
const MOST_SHOWN = 20;
const OPENING = { "(": ")", "[": "]", "{": "}" };
const NEEDS_COLON = /^(if|elif|else|for|while|def|class|with|try|except|finally|match|case|async)\b/;

/** The bracket that is opened inside `parent` and never closed, if that is the mistake. */
function unclosed(state, parent) {
  const first = state.sliceDoc(parent.from, parent.from + 1);
  const last = state.sliceDoc(parent.to - 1, parent.to);
  return OPENING[first] && last !== OPENING[first] ? first : "";
}

const isDecorated = (node) => node.from === node.to && node.node.parent?.name === "DecoratedStatement";

function messageFor(state, node) {
  const text = state.sliceDoc(node.from, node.to).trim().split("\n")[0].slice(0, 30);
  const bracket = node.node.parent ? unclosed(state, node.node.parent) : "";
  if (bracket) return `This “${bracket}” is never closed: “${OPENING[bracket]}” is missing.`;
  if (isDecorated(node)) return "A function or a class has to follow this decorator.";
  const line = state.doc.lineAt(node.from).text.trim();
  if (!text && NEEDS_COLON.test(line) && !/:\s*(#.*)?$/.test(line)) return "A “:” is missing at the end of this line.";
  return text ? `Python does not understand “${text}” here.` : "Something is missing here.";
}

/** Where to draw it: never on nothing, and never over several lines. */
function placeOf(state, node) {
  const parent = node.node.parent;
  if (parent && unclosed(state, parent)) return { from: parent.from, to: parent.from + 1 };
  if (isDecorated(node)) return { from: parent.from, to: state.doc.lineAt(parent.from).to };
  const at = Math.min(node.from, state.doc.length);
  const line = state.doc.lineAt(at);
  const to = Math.min(Math.max(node.to, at + 1), line.to);
  return to > at ? { from: at, to } : { from: Math.max(line.from, line.to - 1), to: line.to };
}

function mistakes(view) {
  const { state } = view;
  const found = new Map();
  syntaxTree(state).iterate({
    enter(node) {
      if (found.size >= MOST_SHOWN) return false;
      if (!node.type.isError) return undefined;
      const place = placeOf(state, node);
      const line = state.doc.lineAt(place.from).number;
      if (!found.has(line)) {
        const message = `Line ${line}: ${messageFor(state, node)}`;
        found.set(line, { ...place, severity: "error", message });
      }
      return undefined;
    },
  });
  return [...found.values()];
}

export const syntaxErrors = linter(mistakes, { delay: QUIET_MILLISECONDS });
