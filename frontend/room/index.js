// The room: an editor with files and a draft, and the two buttons that send them.
import { Conflict } from "./conflict.js";
import { Draft } from "./draft.js";
import { startFileTools } from "./filetools.js";
import { startKeys } from "./keys.js";
import { startLeaving } from "./leaving.js";
import { openDraft, openSubmission } from "./opening.js";
import { Options, startOptions } from "./options.js";
import { startSending } from "./sending.js";
import { Snack } from "./snack.js";
import { StateLine } from "./stateline.js";
import { startSyntax } from "./syntaxbutton.js";
import { startVersions } from "./versions.js";
import { startViews } from "./views.js";
import { VisitorDraft } from "./visitor.js";
import { Workspace } from "./workspace.js";

function startDraft(room, workspace, snack, given) {
  const { slug, person, draftAddress: address } = room.dataset;
  const line = new StateLine(room);
  if (!person) {
    const draft = new VisitorDraft({ slug, workspace, line });
    draft.open();
    return draft;
  }
  const conflict = new Conflict(room.querySelector("[data-conflict]"));
  const opened = given.opened;
  const version = opened.version;
  const draft = new Draft({ address, person, slug, version, workspace, line, conflict, snack });
  if (new URLSearchParams(location.search).has("from")) openSubmission(draft, given.draft);
  else openDraft(draft, { slug, opened, starter: given.starter });
  return draft;
}

function start(room) {
  const given = JSON.parse(document.getElementById("room-files").textContent);
  const options = new Options(given.options, room.dataset.person);
  const workspace = new Workspace(room, given, options);
  const snack = new Snack(room.querySelector("[data-snack]"));
  const draft = startDraft(room, workspace, snack, given);
  startFileTools(room, workspace, snack, given.starter);
  startLeaving(workspace.place);
  startOptions(room, options);
  const sending = startSending(room, workspace);
  const views = startViews(room);
  startKeys(room, { workspace, draft, sending, views, options });
  startSyntax(room, workspace);
  startVersions(draft);
}

const room = document.querySelector("[data-room]");
if (room) start(room);
