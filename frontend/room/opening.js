// What the room opens with: the server's draft, and what earlier visits left in this browser.
import { readCopy, same } from "./copies.js";
import { at } from "./times.js";

/** Goes on with a copy that the server does not have, and sends it, unless somebody else went on meanwhile. */
function takeUp(draft, copy, opened, words) {
  const { workspace, snack } = draft;
  const before = workspace.contents();
  draft.handled.push(copy.key);
  workspace.replace(copy.files);
  if (copy.based_on === opened.version) {
    snack.show(words, () => workspace.replace(before));
    draft.save();
    return;
  }
  draft.disagree({ ...opened, files: before });
}

/** What was typed before signing in; the draft on the server may be newer, so it is a question then. */
function beforeSigningIn(slug) {
  const key = `draft:${slug}`;
  const copy = readCopy(key);
  return copy && { ...copy, key, based_on: 0 };
}

export function openDraft(draft, { slug, opened, starter }) {
  const shown = draft.workspace.contents();
  draft.line.tell(opened.version ? `Saved ${at(opened.saved_at)}` : "Saved as you type");
  const visitor = beforeSigningIn(slug);
  const left = [...draft.copies.left(), ...(visitor ? [visitor] : [])];
  const isNews = (copy) => !same(copy.files, shown) && !(copy.key === visitor?.key && same(copy.files, starter));
  for (const copy of left.filter((each) => !isNews(each))) draft.copies.drop(copy.key);
  const [first, ...others] = left.filter(isNews);
  for (const copy of others) draft.setAside(copy);
  if (!first) return;
  const words =
    first.key === visitor?.key ? "Your code from before you signed in is here now." : `Recovered what you typed until ${at(first.at)}.`;
  takeUp(draft, first, opened, words);
}

/** The address asked for the code of a submission: it becomes the draft, and the draft a version. */
export function openSubmission(draft, before) {
  history.replaceState(history.state, "", location.pathname);
  draft.edited();
  const undo = before && (() => draft.workspace.replace(before));
  draft.snack.show("Opened that submission in place of your draft.", undo);
}
