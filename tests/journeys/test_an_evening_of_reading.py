"""An evening of reading: a search, a hint, notes in two tabs and without a network, the guide."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from urllib.parse import unquote_plus

import pytest
import uvicorn
from fastapi import FastAPI
from playwright.sync_api import Page, expect

from portal.accounts import service
from portal.accounts.cookie import cookie_name
from portal.models import Person
from tests.databases import ON_SQLITE
from tests.journeys.chromium import find_chromium, open_page, tab_stops, walk_by_tab
from tests.people import ADA, Someone
from tests.worker import wait_until

pytestmark = [pytest.mark.browser, ON_SQLITE]

START_SECONDS = 60
PATIENCE_MILLISECONDS = 30_000


@pytest.fixture
def site(app: FastAPI) -> Iterator[str]:
    """The portal on a port of its own; reading needs no worker."""
    find_chromium()
    config = uvicorn.Config(app, port=0, log_level="error", timeout_graceful_shutdown=1)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    wait_until(lambda: server.started, START_SECONDS, "the portal answers")
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join()


@pytest.fixture
def complaints() -> list[str]:
    """What the browser complained of."""
    return []


@pytest.fixture
def page(
    site: str, app: FastAPI, people: dict[Someone, Person], complaints: list[str]
) -> Iterator[Page]:
    """Ada's browser."""
    settings = app.state.settings
    with app.state.sessions.begin() as session:
        token = service.start_browser_session(session, people[ADA].id, settings.session_hours)
    expect.set_options(timeout=PATIENCE_MILLISECONDS)
    with open_page(complaints) as page:
        page.set_default_timeout(PATIENCE_MILLISECONDS)
        cookie = {"name": cookie_name(settings), "value": token, "url": site}
        page.context.add_cookies([cookie])  # type: ignore[list-item]
        yield page


def second_tab(page: Page) -> Page:
    """The same page once more."""
    with page.expect_popup() as opened:
        page.evaluate("void window.open(location.href)")
    expect(opened.value.locator("#notes-text")).to_be_editable()
    return opened.value


def write(page: Page, text: str, whole: str) -> None:
    """Adds to the notes, and waits until they were sent whole: no save is on its way any more."""
    with page.expect_response(lambda a: whole in unquote_plus(a.request.post_data or "")):
        page.locator("#notes-text").press_sequentially(text)


def test_a_search_stays_in_the_address(site: str, page: Page, complaints: list[str]) -> None:
    page.goto(f"{site}/challenges")
    page.locator("#filter-q").press_sequentially("help desk")
    expect(page.locator(".challenge-card")).to_have_count(1)
    expect(page).to_have_url(f"{site}/challenges?q=help+desk")
    expect(page.locator("#filter-q")).to_be_focused()
    page.reload()
    expect(page.locator(".challenge-card")).to_have_count(1)
    assert complaints == []


def test_a_hint_is_read_and_notes_are_never_lost(
    site: str, page: Page, complaints: list[str]
) -> None:
    page.goto(f"{site}/challenges/ticket-desk/learn")
    assert walk_by_tab(page) == tab_stops(page)
    hint = page.get_by_role("button", name="First of 2 hints on: PATCH changes only what was sent")
    hint.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#hint-1")).to_contain_text("which fields were sent")
    expect(page.locator("#learning-hints [role=status]")).to_have_text("1 of 6 read")

    other = second_tab(page)
    write(page, "PUT replaces", "PUT replaces")
    expect(page.locator(".notes-saved")).to_contain_text("Saved")
    assert complaints == []

    write(other, "PATCH merges", "PATCH merges")
    expect(other.locator("#notes-other")).to_contain_text("PUT replaces")
    expect(other.locator("#notes-text")).to_have_value("PATCH merges")
    other.get_by_role("button", name="Keep mine").click()
    expect(other.locator("#notes-other")).to_have_count(0)

    write(page, " all of it", "PUT replaces all of it")
    page.get_by_role("button", name="Take the others").click()
    expect(page.locator("#notes-text")).to_have_value("PATCH merges")

    page.context.set_offline(True)
    other.locator("#notes-text").press_sequentially(", offline")
    expect(other.locator("[data-notes-line]")).to_contain_text("no connection")
    other.close()
    page.context.set_offline(False)
    page.reload()
    expect(page.locator("#notes-text")).to_have_value("PATCH merges, offline")
    expect(page.locator("[data-notes-line]")).to_be_hidden()
    expect(page.locator(".notes-saved")).to_contain_text("Saved")


def test_the_guide_is_found_read_and_turned_over(
    site: str, page: Page, complaints: list[str]
) -> None:
    page.goto(f"{site}/guide")
    page.locator("#guide-q").press_sequentially("idempotency-key")
    expect(page.locator("#guide-results mark").first).to_have_text("Idempotency-Key")
    expect(page).to_have_url(f"{site}/guide?q=idempotency-key")
    page.locator(".guide-title a").first.click()
    expect(page).to_have_url(re.compile(r"/guide/ticket-desk#longer$"))
    page.goto(f"{site}/guide/ticket-desk")
    assert walk_by_tab(page) == tab_stops(page)
    page.locator(".guide-turn .is-next").click()
    expect(page).to_have_url(re.compile(r"/guide/place-an-order$"))
    assert complaints == []
