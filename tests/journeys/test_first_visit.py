"""The first visit: `assay up`, the printed link, a challenge solved by keyboard, and Ctrl-C."""

from __future__ import annotations

import re
import signal
import socket
from collections.abc import Iterator

import psutil
import pytest
from playwright.sync_api import Page, expect

from tests.journeys.chromium import (
    find_chromium,
    focused,
    open_page,
    tab_stops,
    tab_to,
    walk_by_tab,
)
from tests.journeys.conftest import StartPart, boxes_of
from tests.worker import Part, wait_until_empty

pytestmark = pytest.mark.browser

READY_SECONDS = 90
VERDICT_MILLISECONDS = 90_000
# No line ends in a word, so that Enter never takes a suggestion of the editor. It is slow enough
# to start that a person can watch the rows turn green.
SOLUTION = """\
import time
time.sleep(0.15)
from fastapi import (FastAPI)
from starlette.responses import (JSONResponse as Answer)
from starlette.routing import (Route as Way)
parts = ["greeting", "health", "version"]
version = {"version": "2.7.0", "major": 2, "stable": True, "previous": None, "features": parts}
ways = []
ways += [Way("/", lambda _: Answer({"message": "Welcome to the depot"}))]
ways += [Way("/hello/{name}", lambda r: Answer({"message": f"Hello, {r.path_params['name']}!"}))]
ways += [Way("/health", lambda _: Answer({"status": "ok"}))]
ways += [Way("/version", lambda _: Answer(version))]
app = FastAPI(routes=ways)"""
WATCH_ROWS = """
() => {
  window.assaySeen = [];
  new MutationObserver(() => {
    const status = document.getElementById('submission-status');
    if (!status) return;
    const green = status.querySelectorAll('.row.is-passed').length;
    const now = `${status.dataset.phase} ${green}`;
    if (assaySeen.at(-1) !== now) assaySeen.push(now);
  }).observe(document.body, {subtree: true, childList: true, attributes: true});
}
"""


@pytest.fixture
def running(start: StartPart) -> Part:
    """`assay up`, ready to grade."""
    find_chromium()
    up = start("up")
    up.wait_until_it_says("The worker is ready to grade.", READY_SECONDS)
    return up


@pytest.fixture
def complaints() -> list[str]:
    """What the browser complained of."""
    return []


@pytest.fixture
def page(running: Part, complaints: list[str]) -> Iterator[Page]:
    """A browser that followed the printed link."""
    link = re.search(r"http://\S+/link/\S+", running.output)
    assert link is not None, running.output
    with open_page(complaints) as page:
        page.goto(link[0])
        yield page


def type_code(page: Page, code: str) -> None:
    """Replace what is in the editor, key by key."""
    page.keyboard.press("Control+a")
    page.keyboard.press("Delete")
    for number, line in enumerate(code.splitlines()):
        if number:
            if page.locator(".cm-tooltip-autocomplete").is_visible():
                page.keyboard.press("Escape")
            page.keyboard.press("Enter")
        page.keyboard.type(line)
    assert written(page) == code


def written(page: Page) -> str:
    """What is in the editor."""
    lines: list[str] = page.locator(".cm-line").all_inner_texts()
    return "\n".join(line.rstrip("\n") for line in lines)


def test_from_the_printed_link_to_all_points_and_out_again(
    running: Part, page: Page, complaints: list[str]
) -> None:
    page.set_default_timeout(30_000)
    expect(page).to_have_url(re.compile(r"/challenges$"))
    assert_tab_reaches_everything(page)
    page.reload()
    tab_to(page, 'a[href="/challenges/first-endpoint"]')
    page.keyboard.press("Enter")

    expect(page.locator(".cm-content")).to_be_visible()
    assert_tab_reaches_everything_and_leaves_the_editor(page)
    page.reload()
    tab_to(page, ".cm-content")
    type_code(page, SOLUTION)
    page.evaluate(WATCH_ROWS)
    page.keyboard.press("Control+Shift+Enter")

    status = page.locator("#submission-status")
    expect(status).to_have_attribute("data-phase", "done", timeout=VERDICT_MILLISECONDS)
    expect(status).to_contain_text("All requirements passed")
    expect(status.locator(".status-aside")).to_contain_text(re.compile(r"100\s*/100"))
    expect(status.locator(".row.is-passed")).to_have_count(6)
    expect(page.locator("#live")).to_contain_text("100 of 100 points, 6 of 6 passed")
    assert_rows_turned_green_one_by_one(page)

    assert_the_history_shows_it(page)
    page.reload()
    assert written(page) == SOLUTION
    expect(page.locator("#submission-status")).to_contain_text("All requirements passed")
    page.goto(page.url.replace("/first-endpoint", ""))
    expect(page.locator(".challenge-card").get_by_text("Solved", exact=True)).to_have_count(1)
    assert complaints == []

    stop_and_find_nothing_left(running, page)


def assert_tab_reaches_everything(page: Page) -> None:
    """Tab alone leads to every control of this page."""
    stops = tab_stops(page)
    assert len(stops) > 4, stops
    missed = set(stops) - set(walk_by_tab(page))
    assert not missed, f"Tab does not reach {sorted(missed)}"


def assert_tab_reaches_everything_and_leaves_the_editor(page: Page) -> None:
    """Tab alone leads to every control, into the editor and out of it again."""
    assert_tab_reaches_everything(page)
    tab_to(page, ".cm-content")
    before, editor = written(page), focused(page)
    page.keyboard.press("Tab")
    assert focused(page) not in {editor, ""}, "Tab is trapped in the editor."
    page.keyboard.press("Shift+Tab")
    assert focused(page) == editor
    page.keyboard.press("Shift+Tab")
    assert focused(page) not in {editor, ""}, "Shift-Tab is trapped in the editor."
    assert written(page) == before


def assert_rows_turned_green_one_by_one(page: Page) -> None:
    """The page showed some rows green before the verdict was there."""
    seen: list[str] = page.evaluate("assaySeen")
    counts = [int(moment.split()[1]) for moment in seen if moment.startswith("examining")]
    assert any(0 < count < 6 for count in counts), seen
    assert counts == sorted(counts), seen


def assert_the_history_shows_it(page: Page) -> None:
    """The list of submissions has it, reached with Tab and the arrow keys."""
    page.evaluate("document.activeElement.blur()")
    tab_to(page, "[role=tab][aria-controls^=panel-]")
    page.keyboard.press("End")
    history = page.locator("#submission-history")
    expect(history).to_be_visible()
    expect(history.locator("li")).to_have_count(1)
    expect(history).to_contain_text(re.compile(r"#1.*Passed.*100\s*/100", re.DOTALL))


def stop_and_find_nothing_left(running: Part, page: Page) -> None:
    """Ctrl-C ends every process and box and says so."""
    port = int(page.url.split(":")[2].partition("/")[0])
    family = psutil.Process(running.process.pid).children(recursive=True)
    assert len(family) >= 3, "Redis, portal and worker"
    page.goto("about:blank")
    assert running.stop(signal.SIGINT) == 0, running.output
    assert running.output.rstrip().endswith("Stopped.")
    _gone, alive = psutil.wait_procs(family, timeout=5)
    assert alive == []
    wait_until_empty(lambda: boxes_of({child.pid for child in family}), 20, "boxes")
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", port)) != 0, "Somebody still listens."
