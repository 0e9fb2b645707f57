// The room: an editor with files and a draft, and the two buttons that send them.
import { startDraft } from "./draft.js";
import { startFileTools } from "./filetools.js";
import { startOptions } from "./options.js";
import { startSending } from "./sending.js";
import { Snack } from "./snack.js";
import { startViews } from "./views.js";
import { Workspace } from "./workspace.js";

function start(room) {
  const given = JSON.parse(document.getElementById("room-files").textContent);
  const workspace = new Workspace(room, given);
  const snack = new Snack(room.querySelector("[data-snack]"));
  startDraft(room, workspace, snack);
  startFileTools(room, workspace, snack, given.starter);
  startOptions(room);
  startSending(room, workspace);
  startViews(room);
}

const room = document.querySelector("[data-room]");
if (room) start(room);
