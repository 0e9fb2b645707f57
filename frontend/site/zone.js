// Tells the server which time zone this browser lives in, so that its days are the reader's own days.

const NAME = "assay_zone";
const YEAR_SECONDS = 365 * 24 * 60 * 60;

export function startZone() {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  // What stands in a cookie as it is: any name of a zone there is.
  if (!/^[\w+/-]+$/.test(zone ?? "")) return;
  const told = `${NAME}=${zone}`;
  if (document.cookie.split("; ").includes(told)) return;
  const secure = location.protocol === "https:" ? "; Secure" : "";
  document.cookie = `${told}; Path=/; Max-Age=${YEAR_SECONDS}; SameSite=Lax${secure}`;
}
