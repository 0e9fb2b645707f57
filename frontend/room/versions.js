// The dialog with the versions of a draft: loaded when it opens, and nothing is taken before all is saved.

export function startVersions(draft) {
  const dialog = document.getElementById("versions");
  if (!dialog) return;
  const refresh = async () => {
    await draft.save();
    document.body.dispatchEvent(new CustomEvent("versions-opened", { bubbles: true }));
  };
  document.querySelector("[data-opens=versions]").addEventListener("click", refresh);
  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!form.matches("[data-takes]")) return;
    event.preventDefault();
    await draft.save();
    form.submit();
  });
}
