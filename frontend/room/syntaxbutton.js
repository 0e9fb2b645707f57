// The button that counts the syntax errors of the file that is shown, and opens the list of them.
import { closeLintPanel, diagnosticCount, openLintPanel } from "@codemirror/lint";

const LOOK_MILLISECONDS = 500;

export function startSyntax(room, workspace) {
  const button = room.querySelector("[data-does=mistakes]");
  const text = button.querySelector("span");
  const look = () => {
    const count = workspace.isPlain ? 0 : diagnosticCount(workspace.view.state);
    button.hidden = !count;
    text.textContent = count === 1 ? "1 syntax error" : `${count} syntax errors`;
  };
  button.addEventListener("click", () => {
    const isOpen = room.querySelector(".cm-panel-lint") !== null;
    (isOpen ? closeLintPanel : openLintPanel)(workspace.view);
  });
  setInterval(look, LOOK_MILLISECONDS);
}
