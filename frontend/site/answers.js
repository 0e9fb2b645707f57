// Decides what happens with an answer that is not what htmx asked for: another page or an error.
import { clearTrouble, showTrouble } from "./trouble.js";

const LOST = "The server cannot be reached. Your code stays in this browser; trying again.";

const UNCLEAR = "The server gave an answer this page does not understand. Please reload it.";
const SIGNED_OUT = "You are signed out. Your code stays in this browser; sign in again to go on.";

/** Refreshes happen behind the reader's back: they may say something, but never take them to another page. */
const isRefresh = (ctx) => ctx.request.method === "GET";

const parse = (text) => new DOMParser().parseFromString(text, "text/html");

/** The partial that was asked for, or a page that has the selected part in it. */
function isExpected({ text, select }) {
  if (select) return parse(text).querySelector(select) !== null;
  return /^\s*<(?!!doctype|html)/i.test(text);
}

/** The words of an error page, read without putting any of it into this page. */
function wordsOf(ctx) {
  const page = parse(ctx.text);
  const words = ["error-title", "error-detail"]
    .map((id) => page.getElementById(id)?.textContent.trim())
    .filter(Boolean)
    .map((sentence) => (/[.!?]$/.test(sentence) ? sentence : `${sentence}.`));
  return words.join(" ") || `The server answered ${ctx.response.status} and gave no reason. Please try again.`;
}

/** A redirect led to a whole page (signed out, most likely): go there, and come back here after it. */
function follow(address) {
  const url = new URL(address, location.href);
  if (url.searchParams.has("next")) url.searchParams.set("next", location.pathname + location.search);
  location.assign(url);
}

document.addEventListener("htmx:after:request", (event) => {
  const { ctx } = event.detail;
  if (isExpected(ctx)) {
    clearTrouble();
    return;
  }
  event.preventDefault();
  if (ctx.response.status >= 400) showTrouble(wordsOf(ctx));
  else if (!ctx.response.raw.redirected) showTrouble(UNCLEAR);
  else if (isRefresh(ctx)) showTrouble(SIGNED_OUT);
  else follow(ctx.response.raw.url);
});

document.addEventListener("htmx:error", () => showTrouble(LOST));
document.addEventListener("htmx:sse:error", () => showTrouble(LOST));
document.addEventListener("htmx:sse:after:connection", clearTrouble);
