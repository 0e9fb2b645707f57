// CodeMirror, set up once: the state of a file, the view that shows it, and the look of both.
import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentLess, indentMore } from "@codemirror/commands";
import { python, pythonLanguage } from "@codemirror/lang-python";
import { bracketMatching, HighlightStyle, indentOnInput, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { lintKeymap } from "@codemirror/lint";
import { highlightSelectionMatches, searchKeymap } from "@codemirror/search";
import { Compartment, EditorState } from "@codemirror/state";
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  highlightSpecialChars,
  keymap,
  lineNumbers,
} from "@codemirror/view";
import { tags } from "@lezer/highlight";

import { completing } from "./completion.js";
import { syntaxErrors } from "./syntax.js";

// Colours are the page's own variables, so the editor follows the theme without being told.
const colours = HighlightStyle.define([
  { tag: [tags.keyword, tags.operatorKeyword, tags.modifier], color: "var(--code-keyword)" },
  { tag: [tags.string, tags.special(tags.string)], color: "var(--code-string)" },
  { tag: [tags.number, tags.bool, tags.null], color: "var(--code-number)" },
  { tag: tags.comment, color: "var(--code-comment)", fontStyle: "italic" },
  { tag: [tags.function(tags.variableName), tags.function(tags.propertyName)], color: "var(--code-function)" },
  { tag: tags.definition(tags.variableName), color: "inherit" },
  { tag: [tags.className, tags.definition(tags.className)], color: "var(--code-type)" },
  { tag: tags.meta, color: "var(--code-number)" },
  { tag: tags.invalid, color: "var(--bad)" },
]);

const look = EditorView.theme({
  "&": { height: "100%", fontSize: "var(--editor-size, 0.8125rem)", backgroundColor: "transparent", color: "var(--foreground)" },
  "&.cm-focused": { outline: "none" },
  "&.cm-focused::after": {
    content: "''",
    position: "absolute",
    inset: "0",
    border: "1px solid color-mix(in oklch, var(--ring), transparent 35%)",
    pointerEvents: "none",
  },
  ".cm-scroller": { fontFamily: "var(--font-mono)", lineHeight: "1.55", fontVariantLigatures: "none" },
  ".cm-content": { padding: "0.5rem 0", caretColor: "var(--foreground)" },
  ".cm-line": { padding: "0 1rem 0 0.5rem" },
  ".cm-gutters": { border: "none", backgroundColor: "transparent", color: "var(--muted-foreground)" },
  ".cm-lineNumbers .cm-gutterElement": { minWidth: "2.75rem", paddingRight: "0.5rem" },
  ".cm-activeLine": { backgroundColor: "color-mix(in oklch, var(--muted), transparent 45%)" },
  ".cm-activeLineGutter": { backgroundColor: "transparent", color: "var(--foreground)" },
  ".cm-cursor": { borderLeftColor: "var(--foreground)" },
  ".cm-selectionBackground, &.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground": {
    backgroundColor: "var(--code-selection)",
  },
  ".cm-selectionMatch, .cm-searchMatch": { backgroundColor: "var(--code-selection)" },
  ".cm-searchMatch-selected": { outline: "1px solid var(--gold)" },
  "&.cm-focused .cm-matchingBracket": { backgroundColor: "transparent", outline: "1px solid var(--input)" },
  ".cm-panels, .cm-tooltip": {
    border: "1px solid var(--border)",
    backgroundColor: "var(--popover)",
    color: "var(--foreground)",
  },
  ".cm-panels.cm-panels-bottom": { borderWidth: "1px 0 0" },
  ".cm-panel.cm-search": { padding: "0.375rem 0.75rem", fontFamily: "var(--font-sans)" },
  ".cm-panel.cm-search label": { display: "inline-flex", alignItems: "center", gap: "0.25rem", fontSize: "0.75rem" },
  ".cm-panel.cm-search [name=close]": { right: "0.5rem", fontSize: "1rem" },
  ".cm-textfield, .cm-button": { fontSize: "0.75rem" },
  ".cm-textfield": { border: "1px solid var(--input)", borderRadius: "0.25rem", backgroundColor: "transparent" },
  ".cm-button": {
    border: "1px solid var(--border)",
    borderRadius: "0.25rem",
    background: "var(--secondary)",
    color: "var(--foreground)",
  },
  ".cm-tooltip.cm-tooltip-lint": { padding: "0.125rem 0", fontFamily: "var(--font-sans)", fontSize: "0.8125rem" },
  ".cm-diagnostic-error": { borderLeft: "3px solid var(--bad)" },
  ".cm-lintRange-error": {
    backgroundImage: "none",
    textDecoration: "underline wavy var(--bad) 1px",
    textDecorationSkipInk: "none",
    textUnderlineOffset: "3px",
  },
  ".cm-panel.cm-panel-lint ul": { maxHeight: "8rem", fontSize: "0.8125rem" },
  ".cm-panel.cm-panel-lint ul:focus [aria-selected], .cm-panel.cm-panel-lint ul [aria-selected]": {
    backgroundImage: "none",
    backgroundColor: "var(--accent)", color: "var(--foreground)" },
  ".cm-fat-cursor": { background: "color-mix(in oklch, var(--gold), transparent 35%) !important" },
  "&:not(.cm-focused) .cm-fat-cursor": { background: "none !important", outline: "1px solid var(--gold) !important" },
  ".cm-vim-panel": { padding: "0.125rem 0.75rem", fontFamily: "var(--font-mono)", fontSize: "0.75rem" },
  ".cm-vim-panel input": { fontFamily: "inherit", color: "inherit", backgroundColor: "transparent" },
  ".cm-tooltip": { borderRadius: "0.375rem", overflow: "hidden" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": { fontFamily: "var(--font-mono)" },
  ".cm-tooltip-autocomplete ul li[aria-selected]": { background: "var(--accent)", color: "var(--foreground)" },
});

// Tab stays with the page until the candidate asks for it; Escape, then Tab, leaves even then.
const tabKey = keymap.of([{ key: "Tab", run: indentMore, shift: indentLess }]);

// Typing over a selection makes Chromium write a style attribute, which the CSP reports: do that edit ourselves.
const typeOverSelection = EditorView.domEventHandlers({
  beforeinput(event, view) {
    const { from, to, empty } = view.state.selection.main;
    const text = event.data;
    if (event.inputType !== "insertText" || !text || empty || view.composing || view.state.readOnly) return false;
    event.preventDefault();
    const insert = () =>
      view.state.update(view.state.replaceSelection(text), { userEvent: "input.type", scrollIntoView: true });
    const handlers = view.state.facet(EditorView.inputHandler);
    if (!handlers.some((handle) => handle(view, from, to, text, insert))) view.dispatch(insert());
    return true;
  },
});

const narrow = matchMedia("(max-width: 63.99rem)");
const chosen = new Compartment();

/** What the options decide; `vim` is there once its file has been loaded. */
function choices({ wrap, tab_indents: tabIndents }, vim) {
  return [vim ?? [], tabIndents ? tabKey : [], wrap || narrow.matches ? EditorView.lineWrapping : []];
}

/** What brings a state, whether it is shown or not, in line with the options. */
export const choosing = (options, vim) => chosen.reconfigure(choices(options, vim));

const forPython = (others) => [python(), pythonLanguage.data.of({ autocomplete: completing(others) }), syntaxErrors];

function extensionsFor(name, { isReadOnly, onEdit, others, options, vim }) {
  const label = isReadOnly ? `${name}, for reading` : `Code of ${name}`;
  return [
    EditorView.cspNonce.of(document.querySelector("script[nonce]").nonce),
    EditorView.contentAttributes.of({ "aria-label": label, tabindex: "0" }),
    // Before all other keys, as Vim demands.
    chosen.of(choices(options, vim)),
    EditorState.readOnly.of(isReadOnly),
    EditorState.tabSize.of(4),
    indentUnit.of("    "),
    lineNumbers(),
    highlightActiveLineGutter(),
    highlightSpecialChars(),
    highlightActiveLine(),
    highlightSelectionMatches(),
    history(),
    drawSelection(),
    indentOnInput(),
    bracketMatching(),
    closeBrackets(),
    autocompletion(),
    syntaxHighlighting(colours),
    name.endsWith(".py") ? forPython(others) : [],
    look,
    typeOverSelection,
    keymap.of([
      ...closeBracketsKeymap,
      ...completionKeymap,
      ...lintKeymap,
      ...searchKeymap,
      ...historyKeymap,
      ...defaultKeymap,
    ]),
    EditorView.updateListener.of((update) => update.docChanged && onEdit()),
  ];
}

export function stateOf(name, content, setting) {
  return EditorState.create({ doc: content, extensions: extensionsFor(name, setting) });
}

export function viewIn(parent, state) {
  return new EditorView({ parent, state });
}
