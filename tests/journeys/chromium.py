"""A headless Chromium that notes everything a careful developer would see in its console."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = [
    *("--disable-gpu", "--disable-background-networking", "--disable-component-update"),
    *("--disable-sync", "--disable-dev-shm-usage"),
]
EXPECT_MILLISECONDS = 20_000
"""How long something may take to show on a busy machine."""
# What Chromium says when a machine is slow to draw: a matter of seconds, not of the page.
SLOW = "was preloaded using link preload but not used within a few seconds"
REPORT_VIOLATIONS = """
document.addEventListener('securitypolicyviolation', (event) => {
  console.error('CSP: ' + event.violatedDirective + ' ' + event.blockedURI + ' ' + event.sample);
});
"""
# Everything that Tab should stop at: what can be focused, is shown, and is not left out on purpose.
STOPS = """
window.assayStops = () => {
  const wanted = 'a[href], button, input, textarea, select, summary, [tabindex], [contenteditable]';
  const shown = (element) => element.checkVisibility({visibilityProperty: true})
    && element.getClientRects().length > 0;
  // Tab enters a group of radio buttons once; inside it, arrow keys lead on.
  const entrance = ({form, name}) => {
    const group = [...form.elements].filter((each) => each.type === 'radio' && each.name === name);
    return group.find((each) => each.checked) ?? group[0];
  };
  return [...document.querySelectorAll(wanted)]
    .filter((element) => element.tabIndex >= 0 && !element.disabled && shown(element))
    .filter((element) => element.type !== 'radio' || entrance(element) === element);
};
"""
# The focus stands before everything else, as on a page that was just opened.
BEGIN = """
window.assayBegin = () => {
  window.scrollTo(0, 0);
  const start = document.createElement('span');
  start.tabIndex = -1;
  document.body.prepend(start);
  start.focus();
  start.remove();
};
"""
NAME = """
window.assayName = (element) => {
  if (!element || element === document.body) return '';
  const path = [];
  for (let at = element; at && at !== document.body; at = at.parentElement) {
    path.unshift(at.id ? '#' + at.id : at.tagName + [...at.parentElement.children].indexOf(at));
  }
  return path.join('>');
};
"""


def find_chromium() -> str:
    """Where Chromium is; without one, the test is skipped aloud, or fails where all is required."""
    for name in NAMES:
        found = shutil.which(name)
        if found:
            return found
    missing = "No Chromium: install it (Debian and Ubuntu: apt-get install chromium)."
    if os.environ.get("CI") == "true":
        pytest.fail(missing)
    pytest.skip(missing)


@contextmanager
def open_page(complaints: list[str]) -> Iterator[Page]:
    """A fresh browser; what it complains of is added to the list."""
    expect.set_options(timeout=EXPECT_MILLISECONDS)
    flags = [*FLAGS, "--no-sandbox"] if os.getuid() == 0 else FLAGS
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=flags)
        try:
            yield new_device(browser, complaints).new_page()
        finally:
            browser.close()


def new_device(browser: Browser, complaints: list[str]) -> BrowserContext:
    """A browser with a memory of its own, whose tabs are all listened to."""
    device = browser.new_context(viewport={"width": 1400, "height": 900})
    device.add_init_script(REPORT_VIOLATIONS + NAME + BEGIN + STOPS)
    device.on("console", lambda message: _note(complaints, message.type, message.text))
    device.on("weberror", lambda error: complaints.append(f"error: {error.error}"))
    device.on("response", lambda answer: _note_status(complaints, answer.status, answer.url))
    return device


def _note(complaints: list[str], kind: str, text: str) -> None:
    if kind in {"error", "warning", "assert"} and SLOW not in text:
        complaints.append(f"{kind}: {text}")


def _note_status(complaints: list[str], status: int, url: str) -> None:
    if status >= 400:
        complaints.append(f"{status}: {url}")


def focused(page: Page) -> str:
    """A name for what has the focus now; empty when nothing has."""
    name: str = page.evaluate("assayName(document.activeElement)")
    return name


def tab_to(page: Page, selector: str, most: int = 60) -> None:
    """Press Tab until this has the focus."""
    for _ in range(most):
        if page.evaluate("(wanted) => document.activeElement.matches(wanted)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{most} times Tab does not lead to {selector}; it is at {focused(page)}.")


def tab_stops(page: Page) -> list[str]:
    """What Tab should reach on this page."""
    found: list[str] = page.evaluate("assayStops().map(assayName)")
    return found


def walk_by_tab(page: Page, most: int = 120) -> list[str]:
    """Where Tab leads, from the beginning of the page until it leaves it."""
    page.evaluate("assayBegin()")
    walked: list[str] = []
    for _ in range(most):
        page.keyboard.press("Tab")
        now = focused(page)
        if not now or now in walked[:1]:
            return walked
        walked.append(now)
    raise AssertionError(f"Tab does not come to the end of the page: {walked[-10:]}")
