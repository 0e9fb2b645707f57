// Shows every <time> in the reader's own zone and language.

const SHORT = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" });
const SECONDS = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit", second: "2-digit" });
const LONG = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });
const EXACT = new Intl.DateTimeFormat(undefined, { dateStyle: "full", timeStyle: "long" });

function words(moment, { seconds }) {
  const isToday = moment.toDateString() === new Date().toDateString();
  return isToday ? `today, ${(seconds === undefined ? SHORT : SECONDS).format(moment)}` : LONG.format(moment);
}

function localise() {
  for (const element of document.querySelectorAll("time[datetime]:not([data-countdown])")) {
    const moment = new Date(element.dateTime);
    if (Number.isNaN(moment.getTime())) continue;
    const text = words(moment, element.dataset);
    if (element.textContent !== text) element.textContent = text;
    element.title = EXACT.format(moment);
  }
}

export function startTimes() {
  localise();
  document.addEventListener("htmx:after:swap", localise);
}
