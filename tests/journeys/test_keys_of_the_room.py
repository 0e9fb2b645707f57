"""The room by keyboard: its sheet of keys, Vim, and a way out of the editor in every mode."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.databases import ON_SQLITE
from tests.journeys.chromium import focused, open_page
from tests.journeys.conftest import SignIn
from tests.people import ADA

pytestmark = [pytest.mark.browser, ON_SQLITE]


@pytest.fixture
def page(room: str, sign_in: SignIn) -> Iterator[Page]:
    """Ada in the room, without a complaint of her browser."""
    complaints: list[str] = []
    with open_page(complaints) as page:
        page.set_default_timeout(30_000)
        sign_in(page.context, ADA)
        page.goto(room)
        expect(page.locator(".cm-content")).to_be_visible()
        yield page
    assert complaints == []


def choose(page: Page, *names: str) -> None:
    """Turn these options on, and wait until they are remembered."""
    page.get_by_role("button", name="Editor options").click()
    for name in names:
        with page.expect_response(re.compile("/editor-options$")) as answer:
            page.locator(f"[name={name}]").check()
        assert answer.value.status == 204
    page.keyboard.press("Escape")


def test_the_sheet_lists_the_keys_and_they_lead_where_it_says(page: Page) -> None:
    page.keyboard.press("?")
    sheet = page.get_by_role("dialog", name="Keyboard")
    expect(sheet.get_by_text("Run the example checks")).to_be_visible()
    expect(sheet.get_by_text("The next file")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("Alt+Shift+2")
    expect(page.locator(".cm-content")).to_be_focused()
    page.keyboard.press("?")
    expect(page.locator(".cm-content")).to_contain_text("?")
    page.keyboard.press("Alt+PageDown")
    expect(page.locator(".file-tab[aria-selected=true]")).to_have_text("test_examples.py")
    page.keyboard.press("Alt+Shift+3")
    expect(page.locator(".room-results")).to_be_focused()
    page.keyboard.press("Alt+Shift+1")
    expect(page.locator("#panel-statement")).to_be_focused()


def test_escape_then_tab_leaves_the_editor_even_when_tab_indents_under_vim(page: Page) -> None:
    choose(page, "tab_indents", "vim")
    expect(page.locator(".cm-vim-panel")).to_be_visible()
    page.locator(".cm-content").focus()
    page.keyboard.type("Go")
    page.keyboard.press("Tab")
    page.keyboard.type("x")
    expect(page.locator(".cm-line", has_text=re.compile(r"^    x$"))).to_have_count(1)
    editor = focused(page)
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    assert focused(page) not in {editor, ""}
    page.reload()
    expect(page.locator(".cm-vim-panel")).to_be_visible()


def test_the_plain_text_area_is_the_same_draft(page: Page) -> None:
    choose(page, "plain")
    with page.expect_response(lambda answer: answer.request.method == "PUT") as answer:
        page.locator("#source").fill("plain = 1")
    sent = json.loads(answer.value.request.post_data or "")
    assert sent["files"]["main.py"] == "plain = 1"
    page.keyboard.press("Alt+PageDown")
    expect(page.locator("#source")).not_to_be_editable()


def test_syntax_errors_are_listed_and_reached_by_keyboard(page: Page) -> None:
    page.locator(".cm-content").focus()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text("def f(:\n    pass\n")
    expect(page.get_by_role("button", name="1 syntax error")).to_be_visible()
    page.keyboard.press("Control+Shift+M")
    expect(page.locator(".cm-panel-lint")).to_contain_text("Line 1:")


def test_a_splitter_moves_by_arrow_keys_and_stays_there(page: Page) -> None:
    splitter = page.get_by_role("separator", name="Width of the task")
    splitter.focus()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    expect(splitter).to_have_attribute("aria-valuenow", "46")
    page.reload()
    expect(splitter).to_have_attribute("aria-valuenow", "46")
