// Talks to the server about a draft, and says in one word how that went.

const told = (page, id) => page.getElementById(id)?.textContent.trim();

/** The words of an error page, read without putting any of it into this page. */
async function wordsOf(response) {
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  return told(page, "error-detail") || `The server answered ${response.status} and gave no reason.`;
}

async function read(response) {
  if (response.type === "opaqueredirect") return { kind: "signed-out" };
  if (response.status === 409) return { kind: "outdated", draft: await response.json() };
  if (response.ok) return { kind: "saved", draft: await response.json() };
  if (response.status >= 500) return { kind: "trouble" };
  return { kind: "refused", words: await wordsOf(response) };
}

async function ask(address, init) {
  try {
    return await read(await fetch(address, { redirect: "manual", ...init }));
  } catch {
    return { kind: "offline" };
  }
}

const init = (body, more) => ({
  method: "PUT",
  headers: { "Content-Type": "application/json" },
  body: JSON.stringify(body),
  ...more,
});

export const put = (address, body) => ask(address, init(body));

export const current = (address) => ask(address, {});

/** Sent while the page goes away: nobody waits for the answer, and the copy stays until it is known. */
export function putAndLeave(address, body) {
  fetch(address, init(body, { keepalive: true, redirect: "manual" })).catch(() => {});
}
