// A narrow screen shows the statement, the code or the results: this switches between them.

export function startViews(room) {
  const buttons = [...room.querySelectorAll("[data-shows]")];
  const results = room.querySelector(".room-results");
  const show = (view) => {
    room.dataset.view = view;
    for (const button of buttons) {
      const isShown = button.dataset.shows === view;
      button.setAttribute("aria-pressed", String(isShown));
      if (isShown) button.removeAttribute("data-news");
    }
  };
  for (const button of buttons) button.addEventListener("click", () => show(button.dataset.shows));

  document.body.addEventListener("submission-made", () => {
    show("results");
    results.scrollTop = 0;
  });
  document.body.addEventListener("submission-done", () => {
    const button = buttons.find((each) => each.dataset.shows === "results");
    button.toggleAttribute("data-news", room.dataset.view !== "results");
  });  return { show };
}
