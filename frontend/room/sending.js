// Run and Submit: all files go along as JSON.

export function startSending(room, workspace) {
  const form = document.getElementById("submit-form");
  const fill = (sent = form) => {
    const field = sent.elements.namedItem("files");
    field.disabled = false;
    field.value = JSON.stringify(workspace.contents());
  };

  // In the capture phase, so that the files are in the form before htmx reads it.
  document.addEventListener("submit", (event) => event.target.matches("#submit-form, [data-draft]") && fill(event.target), true);
  document.addEventListener("click", (event) => event.target.closest?.("#run-button, #console-button") && fill(), true);

  const signIn = () => room.querySelector(".action-buttons a").focus();
  return {
    run: form ? () => document.getElementById("run-button").click() : signIn,
    submit: form ? () => form.requestSubmit(document.getElementById("submit-button")) : signIn,
  };
}
