// Tabs after the WAI-ARIA pattern: arrows move, the selected tab alone is in the Tab order.

const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

/** The tab that a key leads to from `tab`, or null. */
export function tabForKey(tabs, tab, key) {
  if (key === "Home") return tabs[0];
  if (key === "End") return tabs.at(-1);
  if (!(key in STEPS)) return null;
  return tabs[(tabs.indexOf(tab) + STEPS[key] + tabs.length) % tabs.length];
}

function select(tabs, chosen) {
  for (const tab of tabs) {
    const isChosen = tab === chosen;
    tab.setAttribute("aria-selected", String(isChosen));
    tab.tabIndex = isChosen ? 0 : -1;
    document.getElementById(tab.getAttribute("aria-controls"))?.classList.toggle("is-active", isChosen);
  }
}

function start(root) {
  const tabs = [...root.querySelectorAll("[role=tab]")];
  for (const tab of tabs) {
    tab.addEventListener("click", () => select(tabs, tab));
    tab.addEventListener("keydown", (event) => {
      const next = tabForKey(tabs, tab, event.key);
      if (!next) return;
      event.preventDefault();
      select(tabs, next);
      next.focus();
    });
  }
}

export function startTabs(root) {
  root.querySelectorAll("[data-tabs]").forEach(start);
}
