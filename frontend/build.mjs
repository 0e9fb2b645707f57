// Builds everything the browser loads, from this folder into platform/portal/static.
import { copyFile, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

import { compile } from "@tailwindcss/node";
import { Scanner } from "@tailwindcss/oxide";
import { build } from "esbuild";
import { transform } from "lightningcss";

const here = dirname(fileURLToPath(import.meta.url));
const portal = join(here, "..", "platform", "portal");
const target = join(portal, "static");
// Not for the site: the browser tests look at every page with it.
const axe = join(here, "..", "tests", "journeys", "axe");

// Copied or compiled into what is built, besides the packages that the scripts import.
const STYLE_PACKAGES = ["@fontsource-variable/geist", "@fontsource-variable/geist-mono", "basecoat-css", "tailwindcss"];

const FONTS = {
  "geist-latin.woff2": "geist/files/geist-latin-wght-normal.woff2",
  "geist-mono-latin.woff2": "geist-mono/files/geist-mono-latin-wght-normal.woff2",
};

/** Every word of the templates and scripts that could be a class name. */
function scanSources() {
  const scanner = new Scanner({
    sources: [
      { base: portal, pattern: "**/*.html", negated: false },
      { base: here, pattern: "site/**/*.js", negated: false },
      { base: here, pattern: "room/**/*.js", negated: false },
    ],
  });
  return scanner.scan();
}

// Templates, CodeMirror and Pygments put these names together at run time.
const MADE_UP = /^(is|tone|cm|tok)-/;

/** Basecoat's style pack styles far more components than these pages have: drop the rest. */
function dropUnusedRules(css, words) {
  const used = new Set(words);
  const isUsed = (part) => part.type !== "class" || used.has(part.name) || MADE_UP.test(part.name);
  const isDead = (selector) => !selector.every(isUsed);
  return transform({
    filename: "app.css",
    code: Buffer.from(css),
    minify: true,
    visitor: {
      Rule: { style: (rule) => (rule.value.selectors.every(isDead) ? [] : undefined) },
      Selector: (selector) => (isDead(selector) ? [] : undefined),
    },
  }).code;
}

async function buildStyles() {
  const words = scanSources();
  const source = await readFile(join(here, "styles", "app.css"), "utf8");
  const compiler = await compile(source, { base: join(here, "styles"), onDependency() {} });
  const css = dropUnusedRules(compiler.build(words), words);
  await writeFile(join(target, "app.css"), css);
}

const EVERY_SCRIPT = {
  absWorkingDir: here,
  outdir: target,
  bundle: true,
  minify: true,
  target: "es2022",
  legalComments: "none",
  logLevel: "warning",
  metafile: true,
};

async function buildScripts() {
  const built = await Promise.all([
    // On every page and before the first paint, so it is no module.
    build({ ...EVERY_SCRIPT, entryPoints: { app: "site/index.js" }, format: "iife" }),
    // In parts: Vim keys come only to those who chose them, and share the editor with the rest.
    build({
      ...EVERY_SCRIPT,
      entryPoints: { room: "room/index.js" },
      format: "esm",
      splitting: true,
      chunkNames: "room-[name]",
    }),
  ]);
  await writeLicences(built.flatMap(({ metafile }) => Object.keys(metafile.inputs)));
}

async function licenceOf(name) {
  const folder = join(here, "node_modules", name);
  const file = (await readdir(folder)).find((entry) => /^licen[cs]e/i.test(entry));
  return `${name}\n\n${await readFile(join(folder, file), "utf8")}`;
}

/** What others wrote keeps their licences. */
async function writeLicences(inputs) {
  const imported = inputs.map((path) => path.match(/node_modules\/((?:@[^/]+\/)?[^/]+)/)?.[1]);
  const names = [...new Set([...imported.filter(Boolean), ...STYLE_PACKAGES])].sort();
  const texts = await Promise.all(names.map(licenceOf));
  const icons = await readFile(join(here, "icons.licence.txt"), "utf8");
  await writeFile(join(target, "licences.txt"), [...texts, icons].join(`\n\n${"-".repeat(72)}\n\n`));
}

async function copyFiles() {
  await copyFile(join(here, "favicon.svg"), join(target, "favicon.svg"));
  await mkdir(join(target, "fonts"), { recursive: true });
  for (const [name, source] of Object.entries(FONTS)) {
    const path = join(here, "node_modules", "@fontsource-variable", source);
    await copyFile(path, join(target, "fonts", name));
  }
}

async function copyAxe() {
  for (const name of ["axe.min.js", "LICENSE", "LICENSE-3RD-PARTY.txt"]) {
    await copyFile(join(here, "node_modules", "axe-core", name), join(axe, name));
  }
}

async function report() {
  for (const name of (await readdir(target)).filter((each) => /\.(css|js)$/.test(each)).sort()) {
    const bytes = await readFile(join(target, name));
    const kilobytes = (size) => `${(size / 1024).toFixed(1)} kB`;
    console.log(`${name}  ${kilobytes(bytes.length)}, ${kilobytes(gzipSync(bytes).length)} gzip`);
  }
}

await rm(target, { recursive: true, force: true });
await mkdir(target, { recursive: true });
await Promise.all([buildStyles(), buildScripts(), copyFiles(), copyAxe()]);
await report();
