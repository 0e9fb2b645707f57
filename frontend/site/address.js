// A form that refreshes a part of its page keeps what it asks for in the address bar, so that the page
// can be reloaded, kept and sent on. It replaces the address: "back" leaves the page, not a letter.

/** The address of the page with everything that is filled in. */
export function addressOf(form) {
  const filled = [...new FormData(form)].filter(([, value]) => typeof value === "string" && value.trim() !== "");
  const query = new URLSearchParams(filled).toString();
  return query ? `${form.action}?${query}` : form.action;
}

document.addEventListener("htmx:after:swap", (event) => {
  const form = event.detail.ctx.sourceElement;
  if (form?.matches?.("form[data-keeps-address]")) history.replaceState(history.state, "", addressOf(form));
});
