// What was typed and has not reached the server yet, kept in this browser: one copy for each open page.
import { recall, remember } from "../site/memory.js";

const PREFIX = "assay:";

export const random = () => crypto.getRandomValues(new Uint32Array(2)).join("-");

/** A name for this browser, so that a conflict can say whether the other writer is on this device. */
export function browserName() {
  const known = recall("browser") ?? random();
  remember("browser", known);
  return known;
}

export function readCopy(key) {
  try {
    const copy = JSON.parse(recall(key));
    const isCopy = copy && Object.values(copy.files).every((text) => typeof text === "string");
    return isCopy ? copy : null;
  } catch {
    return null;
  }
}

/** Equal files, in whatever order they come. */
export function same(one, other) {
  const sorted = (files) => JSON.stringify(Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1)));
  return sorted(one) === sorted(other);
}

function everyKey() {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(PREFIX)).map((key) => key.slice(PREFIX.length));
  } catch {
    return [];
  }
}

export class Copies {
  constructor(person, slug) {
    this.prefix = `draft:${person}:${slug}:`;
    this.mine = this.prefix + random();
  }

  /** True when this browser kept it. */
  keep(files, basedOn) {
    return remember(this.mine, JSON.stringify({ files, based_on: basedOn, at: Date.now() }));
  }

  drop(key = this.mine) {
    remember(key, null);
  }

  /** Copies that earlier pages left behind, the newest first. */
  left() {
    return everyKey()
      .filter((key) => key.startsWith(this.prefix) && key !== this.mine)
      .map((key) => ({ key, ...readCopy(key) }))
      .filter(({ files }) => files)
      .sort((one, other) => other.at - one.at);
  }
}
