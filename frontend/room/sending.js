// Run and Submit: all files go along as JSON; Ctrl-Enter and Ctrl-Shift-Enter press the buttons.

export function startSending(room, workspace) {
  const form = document.getElementById("submit-form");
  const buttons = room.querySelector(".action-buttons");
  const fill = () => {
    const field = form.elements.namedItem("files");
    field.disabled = false;
    field.value = JSON.stringify(workspace.contents());
  };

  // In the capture phase, so that the files are in the form before htmx reads it.
  document.addEventListener("submit", (event) => event.target === form && fill(), true);
  document.addEventListener("click", (event) => event.target.closest?.("#run-button") && fill(), true);
  document.addEventListener(
    "keydown",
    (event) => {
      if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || document.querySelector("dialog[open]")) return;
      event.preventDefault();
      event.stopPropagation();
      if (!form) buttons.querySelector("a").focus();
      else if (event.shiftKey) form.requestSubmit(document.getElementById("submit-button"));
      else document.getElementById("run-button").click();
    },
    true,
  );
}
