// What the shortcuts of the table do in this room.
import { say } from "../site/live.js";
import { drawSheet, startShortcuts } from "./shortcuts.js";

export function startKeys(room, { workspace, draft, sending, views, options }) {
  const sheet = document.getElementById("shortcuts");
  const goTo = (view, element) => {
    views.show(view);
    element.focus();
  };
  const save = async () => {
    const isSaved = await draft.save();
    if (isSaved) say("Saved. It also saves by itself as you type.");
  };
  drawSheet(sheet.querySelector("[data-sheet]"));
  startShortcuts(
    {
      run: sending.run,
      submit: sending.submit,
      save,
      statement: () => goTo("task", room.querySelector(".room-task [role=tabpanel].is-active")),
      editor: () => goTo("code", workspace.view),
      results: () => goTo("results", room.querySelector(".room-results")),
      next: () => workspace.step(1),
      previous: () => workspace.step(-1),
      sheet: () => sheet.showModal(),
    },
    options,
  );
}
