// Everything on every page: htmx with its extensions, and the small behaviours of the site.
import "./theme.js";
import "htmx.org/dist/htmx.esm.js";
import "htmx.org/dist/ext/hx-sse.js";
import "htmx.org/dist/ext/hx-csp.js";
import "./address.js";
import "./answers.js";
import "./results.js";
import { startBlocks } from "./blocks.js";
import { startClocks } from "./clock.js";
import { startConsole } from "./console.js";
import { startDialogs } from "./dialogs.js";
import { startSelecting } from "./fields.js";
import { startMenus } from "./menus.js";
import { startNotes } from "./notes.js";
import { startSplitters } from "./splitter.js";
import { startStreams } from "./streams.js";
import { startTabs } from "./tabs.js";
import { startTheme } from "./theme.js";
import { startTimes } from "./times.js";
import { startTrouble } from "./trouble.js";
import { startZone } from "./zone.js";

document.addEventListener("DOMContentLoaded", () => {
  startTheme();
  startTrouble();
  startTabs(document);
  startSplitters(document);
  startDialogs(document);
  startMenus();
  startSelecting();
  startBlocks();
  startTimes();
  startConsole();
  startStreams();
  startNotes();
  startZone();
  startClocks();
});
