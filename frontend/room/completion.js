// Completes names of FastAPI, Pydantic and Starlette, as installed, and names of the other open files.
import { syntaxTree } from "@codemirror/language";

import known from "./names.json";

const TYPES = { c: "class", f: "function", v: "variable" };
// Offered without an import line; the rest comes after "from … import".
const COMMON = ["fastapi", "fastapi.responses", "pydantic"];

const words = (packed) => (packed ? packed.split(" ") : []);
const exportsOf = (module, detail) =>
  words(known.modules[module]).map((word) => ({ label: word.slice(1), type: TYPES[word[0]], detail }));
const asOptions = (names, type) => names.map((label) => ({ label, type }));

const common = COMMON.flatMap((module) => exportsOf(module, module));
const modules = asOptions(Object.keys(known.modules), "namespace");

const moduleOf = (fileName) => fileName.replace(/\.py$/, "").replaceAll("/", ".");

/** What a file defines at its outermost level. */
function definedIn(text, detail) {
  const found = new Map();
  for (const [, keyword, name, assigned] of text.matchAll(/^(?:(?:async\s+)?(def|class)\s+(\w+)|([A-Za-z_]\w*)\s*(?::[^=\n]+)?=(?!=))/gm)) {
    const type = keyword === "class" ? "class" : keyword ? "function" : "variable";
    found.set(name ?? assigned, { label: name ?? assigned, type, detail });
  }
  return [...found.values()];
}

/** The class of a variable, as the text says: `app = FastAPI(`, `request: Request`. */
function classOf(name, text) {
  if (known.members[name]) return name;
  const said = new RegExp(`\\b${name}\\s*(?::\\s*|=\\s*)(?:[\\w.]+\\.)?([A-Z]\\w*)`).exec(text);
  return said?.[1];
}

function membersOf(name, text) {
  const owner = classOf(name, text);
  if (owner && known.members[owner]) return asOptions(words(known.members[owner]), "property");
  return [...exportsOf(`fastapi.${name}`), ...exportsOf(`starlette.${name}`)];
}

/** The names of the arguments of the call that surrounds a position. */
function argumentsAt(state, position) {
  let node = syntaxTree(state).resolveInner(position, -1);
  while (node && node.name !== "ArgList") {
    if (/^(Body|Script|Lambda\w*)$/.test(node.name)) return [];
    node = node.parent;
  }
  if (!node || node.parent.name === "ClassDefinition") return [];
  const callee = state.sliceDoc(node.parent.from, node.from).trim();
  const [, owner, name] = /(?:(\w+)\.)?(\w+)$/.exec(callee) ?? [];
  const key = owner ? `${classOf(owner, state.doc.toString())}.${name}` : name;
  return words(known.parameters[key]).map((label) => ({ label: `${label}=`, type: "variable", boost: 50 }));
}

function afterImport(line, files) {
  const imported = /^\s*from\s+([\w.]+)\s+import\s+\(?[\w\s,]*$/.exec(line);
  if (imported) {
    const own = [...files].find(([name]) => moduleOf(name) === imported[1]);
    return own ? definedIn(own[1], own[0]) : exportsOf(imported[1]);
  }
  if (!/^\s*(?:from|import)\s+[\w.]*$/.test(line)) return null;
  return [...modules, ...asOptions([...files.keys()].map(moduleOf), "namespace")];
}

const isProse = (context) => /Comment|String/.test(syntaxTree(context.state).resolveInner(context.pos, -1).name);

/** A source of completions; `others` gives names and texts of the files that are not shown. */
export function completing(others) {
  return (context) => {
    if (isProse(context)) return null;
    const line = context.state.doc.lineAt(context.pos);
    const before = line.text.slice(0, context.pos - line.from);
    const files = others();
    const importing = afterImport(before, files);
    if (importing) {
      const from = context.pos - /[\w.]*$/.exec(before)[0].length;
      const isModule = /^\s*(?:from|import)\s+[\w.]*$/.test(before);
      return { from: isModule ? from : context.pos - /\w*$/.exec(before)[0].length, options: importing, validFor: /^[\w.]*$/ };
    }
    const member = /([A-Za-z_]\w*)\.(\w*)$/.exec(before);
    if (member) {
      const options = membersOf(member[1], context.state.doc.toString());
      return options.length ? { from: context.pos - member[2].length, options, validFor: /^\w*$/ } : null;
    }
    const word = /\w*$/.exec(before)[0];
    if (!context.explicit && word.length < 2) return null;
    const own = [...files].flatMap(([name, text]) => definedIn(text, name));
    const options = [...argumentsAt(context.state, context.pos), ...common, ...own];
    return { from: context.pos - word.length, options, validFor: /^\w*$/ };
  };
}
