"""The console in a browser: from the editor to an answer, its reference in a frame, and a replay."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.chromium import tab_stops, walk_by_tab
from tests.journeys.test_first_visit import complaints, page, running, type_code

__all__ = ["complaints", "page", "running"]

pytestmark = pytest.mark.browser

MILLISECONDS = 60_000
# No line ends in a word, so that Enter never takes a suggestion of the editor.
CODE = """\
from fastapi import (FastAPI)
from starlette.responses import (HTMLResponse)
app = FastAPI(title="<script>document.title='owned'</script>")
@app.get("/page", response_class=HTMLResponse, summary="Give a <b>page</b>")
def page(): return ("<script>document.title='owned'</script><b>bold</b>")"""


def test_a_draft_is_started_asked_described_and_asked_again(
    page: Page, complaints: list[str]
) -> None:
    page.set_default_timeout(MILLISECONDS)
    expect.set_options(timeout=MILLISECONDS)
    page.goto(page.url.replace("/challenges", "/challenges/first-endpoint"))
    page.locator(".cm-content").click()
    type_code(page, CODE)
    page.get_by_role("button", name="Console").click()
    page.wait_for_url(re.compile(r"/console$"))
    page.get_by_role("link", name="GET /page").click()
    expect(page.get_by_label("Path and query")).to_have_value("/page")
    page.get_by_label("Path and query").press("Control+Enter")
    answer = page.get_by_role("region", name="Answer")
    expect(answer).to_contain_text("200")
    expect(answer).to_contain_text("<script>document.title='owned'</script><b>bold</b>")
    expect(page.locator("#live")).to_have_text("Request 1: 200.")
    read_the_reference(page)
    assert page.title().startswith("Console, ")
    page.reload()
    assert walk_by_tab(page) == tab_stops(page)
    replay_a_check(page)
    page.get_by_role("button", name="End", exact=True).click()
    expect(page.get_by_role("heading", name="You ended your app")).to_be_visible()
    assert complaints == []


def read_the_reference(page: Page) -> None:
    """It stands in a frame that runs nothing and that we cannot reach into by script."""
    page.get_by_text("API reference of your app").click()
    frame = page.frame_locator("#console-frame")
    expect(frame.get_by_role("heading", level=1)).to_contain_text("<script>")
    frame.get_by_text("Give a <b>page</b>").click()
    expect(frame.get_by_text("text/html")).to_be_visible()
    inside = "document.getElementById('console-frame').contentDocument"
    assert page.evaluate(inside) is None


def replay_a_check(page: Page) -> None:
    """A failed public check of the room leads here with its request sent."""
    page.get_by_role("link", name="Back to the editor").click()
    page.get_by_role("button", name="Run").click()
    page.get_by_role("button", name="Replay on my draft").first.click()
    page.wait_for_url(re.compile(r"/console\?request=2$"))
    expect(page.get_by_role("region", name="Answer")).to_contain_text("Not Found")
    expect(page.locator("#console-history-title ~ ol li")).to_have_count(2)
