"""A newcomer on somebody's own machine: from the first form to goodbye, by keyboard alone."""

from __future__ import annotations

import re
import socket
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.chromium import find_chromium, open_page, tab_stops, tab_to, walk_by_tab
from tests.journeys.conftest import StartPart
from tests.worker import Part, wait_until

pytestmark = pytest.mark.browser
EMAIL = "ada@example.org"
PASSWORD = "correct horse battery"  # noqa: S105 - hers, in tests only
READY_SECONDS = 60


@pytest.fixture
def portal(start: StartPart) -> Part:
    """A portal alone: accounts need neither queue nor worker."""
    find_chromium()
    return start("portal")


@pytest.fixture
def complaints() -> list[str]:
    """What the browser complained of."""
    return []


@pytest.fixture
def page(portal: Part, complaints: list[str], free_port: int) -> Iterator[Page]:
    with open_page(complaints) as page, socket.socket() as probe:
        page.set_default_timeout(20_000)
        wait_until(
            lambda: probe.connect_ex(("127.0.0.1", free_port)) == 0, READY_SECONDS, "it listens"
        )
        page.goto(f"http://127.0.0.1:{free_port}/sign-in")
        yield page


def test_from_registering_to_goodbye(portal: Part, page: Page, complaints: list[str]) -> None:
    tab_to(page, 'a[href="/register"]')
    page.keyboard.press("Enter")
    expect(page.locator("#email")).to_be_focused()
    page.keyboard.type(EMAIL)
    page.keyboard.press("Enter")
    expect(page.get_by_text("Look into the log")).to_be_visible()
    portal.wait_until_it_says("/register/", READY_SECONDS)
    link = re.search(r"http://\S+/register/\S+", portal.output)
    assert link is not None
    page.goto(link[0])
    expect(page.locator("#password")).to_be_focused()
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/challenges$"))

    assert_the_menu_is_one(page)
    tab_to(page, ".menu summary")
    page.keyboard.press("Enter")
    tab_to(page, 'a[href="/account"]')
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/account$"))
    missed = set(tab_stops(page)) - set(walk_by_tab(page))
    assert not missed, f"Tab does not reach {sorted(missed)}"

    tab_to(page, "#token-name")
    page.keyboard.type("Nightly script")
    page.keyboard.press("Enter")
    expect(page.locator("#made")).to_have_value(re.compile(r"^assay_"))
    expect(page.locator("#made")).to_be_focused()
    page.wait_for_function("getSelection().toString() === document.activeElement.value")

    tab_to(page, 'a[href="/account/delete"]')
    page.keyboard.press("Enter")
    expect(page.locator("#proof")).to_be_focused()
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Goodbye")).to_be_visible()
    assert complaints == []


def assert_the_menu_is_one(page: Page) -> None:
    """It opens by Enter, and closes by Escape, by leaving it, and by a click beside it."""
    menu = page.locator(".person details.menu")
    ways: list[Callable[[], None]] = [
        lambda: page.keyboard.press("Escape"),
        lambda: page.keyboard.press("Shift+Tab"),
        lambda: page.mouse.click(5, 500),
    ]
    for leave in ways:
        page.evaluate("document.querySelector('.person .menu summary').focus()")
        page.keyboard.press("Enter")
        expect(menu).to_have_attribute("open", "")
        leave()
        expect(menu).not_to_have_attribute("open", "")
