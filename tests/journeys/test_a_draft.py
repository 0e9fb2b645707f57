"""A draft survives what evenings bring: no network, two tabs, two devices, a lost sign-in."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from sqlalchemy.orm import Session, sessionmaker

from tests.databases import ON_SQLITE
from tests.journeys.chromium import new_device, open_page
from tests.journeys.conftest import SignIn
from tests.people import ADA, MALLORY
from tests.portal.handed_in import count
from tests.worker import wait_until

pytestmark = [pytest.mark.browser, ON_SQLITE]

PATIENCE = 30_000
SAVED = re.compile(r"^Saved \d\d:\d\d:\d\d$")
OFFLINE = "Offline: kept in this browser, sent when you are back"
# What Chromium itself writes when a save does not get through, which is what this is about.
EXPECTED = re.compile(r"ERR_INTERNET_DISCONNECTED|40[39]")

Sessions = sessionmaker[Session]


@pytest.fixture
def complaints() -> Iterator[list[str]]:
    """What the browser complained of; nothing but what was to be expected may be left."""
    made: list[str] = []
    yield made
    assert [each for each in made if not EXPECTED.search(each)] == []


@pytest.fixture
def page(room: str, sign_in: SignIn, complaints: list[str]) -> Iterator[Page]:
    """Ada in the room."""
    with open_page(complaints) as page:
        page.set_default_timeout(PATIENCE)
        sign_in(page.context, ADA)
        enter(page, room)
        yield page


def enter(page: Page, room: str) -> None:
    """Open the room and wait for its editor."""
    page.goto(room)
    expect(page.locator(".cm-content")).to_be_visible()


def type_line(page: Page, text: str) -> None:
    """Add a line at the end of the file."""
    page.bring_to_front()
    page.locator(".cm-content").focus()
    page.keyboard.press("Control+End")
    page.keyboard.insert_text(f"\n{text}")


def type_and_save(page: Page, text: str) -> None:
    """Add a line and wait until the server has it."""
    with page.expect_response(lambda answer: answer.request.method == "PUT" and answer.ok):
        type_line(page, text)
    expect_state(page, SAVED)


def expect_state(page: Page, words: str | re.Pattern[str]) -> None:
    """The line under the editor says this."""
    expect(page.locator("[data-draft-state]")).to_have_text(words, timeout=PATIENCE)


def expect_code(page: Page, *texts: str, without: str = "nowhere_at_all") -> None:
    """The editor shows these, and not that."""
    for text in texts:
        expect(page.locator(".cm-content")).to_contain_text(text)
    expect(page.locator(".cm-content")).not_to_contain_text(without)


def another_page(context: BrowserContext, room: str) -> Page:
    """One more tab, or the first one on another device."""
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    enter(page, room)
    return page


@pytest.fixture
def other_device(page: Page, complaints: list[str]) -> BrowserContext:
    """A browser with a memory of its own."""
    browser = page.context.browser
    assert browser is not None
    return new_device(browser, complaints)


def test_what_is_typed_without_a_network_is_sent_later_and_outlives_the_tab(
    page: Page, room: str, sign_in: SignIn, other_device: BrowserContext
) -> None:
    type_and_save(page, "online = 1")
    page.context.set_offline(True)
    type_line(page, "offline = 2")
    expect_state(page, OFFLINE)
    page.context.set_offline(False)
    expect_state(page, SAVED)

    page.context.set_offline(True)
    type_line(page, "and_then_the_tab_is_closed = 3")
    expect_state(page, OFFLINE)
    context = page.context
    page.close()
    context.set_offline(False)
    again = another_page(context, room)
    expect_code(again, "online = 1", "offline = 2", "and_then_the_tab_is_closed = 3")
    expect(again.locator("[data-snack]")).to_contain_text("Recovered what you typed")
    expect_state(again, SAVED)
    sign_in(other_device, ADA)
    expect_code(another_page(other_device, room), "and_then_the_tab_is_closed = 3")


def test_two_tabs_that_disagree_ask_and_neither_is_lost(page: Page, room: str) -> None:
    expect_state(page, "Saved as you type")
    other = another_page(page.context, room)
    page.context.set_offline(True)
    type_line(page, "mine = 1")
    expect_state(page, OFFLINE)
    type_line(other, "theirs = 2")
    page.context.set_offline(False)
    notices = [tab.locator("[data-conflict]") for tab in (page, other)]
    wait_until(lambda: any(each.is_visible() for each in notices), 30, "one tab asks")
    asking = page if notices[0].is_visible() else other
    mine, theirs = ("mine", "theirs") if asking is page else ("theirs", "mine")
    asking.bring_to_front()
    expect(asking.locator("[data-conflict]")).to_contain_text(
        re.compile(r"This draft was changed in another tab at \d\d:\d\d:\d\d\.")
    )
    asking.get_by_role("button", name="Take the other one").click()
    expect_code(asking, f"{theirs} = ", without=f"{mine} = ")
    expect_state(asking, SAVED)
    asking.get_by_role("button", name="Versions of this draft").click()
    rows = asking.locator(".version-row")
    expect(rows.filter(has_text="Set aside when two tabs disagreed")).to_have_count(1)
    rows.filter(has_text="Set aside").get_by_role("button", name="Take version").click()
    expect_code(asking, f"{mine} = ", without=f"{theirs} = ")


def test_another_device_sees_it_and_this_one_follows(
    page: Page, room: str, sign_in: SignIn, other_device: BrowserContext
) -> None:
    type_and_save(page, "at_the_desk = 1")
    sign_in(other_device, ADA)
    phone = another_page(other_device, room)
    expect_code(phone, "at_the_desk = 1")
    type_and_save(phone, "on_the_train = 2")
    page.evaluate("dispatchEvent(new Event('focus'))")
    expect_code(page, "at_the_desk = 1", "on_the_train = 2")
    expect(page.locator("[data-snack]")).to_contain_text("changed on another device at")


def test_who_is_signed_out_goes_on_typing_and_signs_in_elsewhere(
    page: Page, sign_in: SignIn
) -> None:
    context = page.context
    context.clear_cookies()
    type_line(page, "signed_out = 1")
    expect_state(page, "Signed out: kept in this browser, saved when you sign in again")
    expect(page.get_by_role("link", name="Sign in in another tab")).to_be_visible()
    sign_in(context, MALLORY)
    page.evaluate("dispatchEvent(new Event('focus'))")
    expect_state(page, re.compile("Somebody else is signed in with this browser now"))
    context.clear_cookies()
    sign_in(context, ADA)
    page.evaluate("dispatchEvent(new Event('focus'))")
    expect_state(page, SAVED)
    page.reload()
    expect_code(page, "signed_out = 1")


def test_what_a_visitor_typed_comes_along_when_they_sign_in(
    page: Page, room: str, sign_in: SignIn, other_device: BrowserContext
) -> None:
    visitor = another_page(other_device, room)
    type_line(visitor, "as_a_visitor = 1")
    expect_state(visitor, re.compile("^Kept in this browser"))
    sign_in(other_device, ADA)
    enter(visitor, room)
    expect_code(visitor, "as_a_visitor = 1")
    expect_state(visitor, SAVED)
    page.reload()
    expect_code(page, "as_a_visitor = 1")


def test_submitting_twice_quickly_makes_one_submission(page: Page, sessions: Sessions) -> None:
    page.locator(".cm-content").focus()
    page.keyboard.press("Control+Shift+Enter")
    page.keyboard.press("Control+Shift+Enter")
    expect(page.locator("#submission-status")).to_have_attribute("data-phase", "queued")
    assert count(sessions) == 1
