"""A mock interview in a real browser: the tab is closed, the time runs out, and nothing is lost."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from fastapi import FastAPI
from playwright.sync_api import BrowserContext, Page, expect
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from portal.database import reading
from portal.models import DraftVersion, Sitting, Submission, utc_now
from portal.queue import make_queue
from portal.submissions.sweeper import Sweeper
from tests.databases import ON_SQLITE
from tests.journeys.chromium import new_device, open_page
from tests.journeys.conftest import SignIn
from tests.journeys.looked_at import complaints_of, prepare
from tests.people import ADA
from tests.portal.handed_in import done
from tests.redis_server import RedisServer

pytestmark = [pytest.mark.browser, ON_SQLITE]

PATIENCE = 30_000
SAVED = re.compile(r"^Saved \d\d:\d\d:\d\d$")
Sessions = sessionmaker[Session]


@pytest.fixture
def complaints() -> Iterator[list[str]]:
    """What the browser complained of; that a tab in the background painted late is no complaint."""
    made: list[str] = []
    yield made
    assert [each for each in made if "preloaded using link preload" not in each] == []


@pytest.fixture
def page(site: str, sign_in: SignIn, complaints: list[str]) -> Iterator[Page]:
    """Ada, before her first interview."""
    with open_page(complaints) as page:
        page.set_default_timeout(PATIENCE)
        prepare(page.context)
        sign_in(page.context, ADA)
        page.goto(f"{site}/mock-interviews")
        yield page


def begin(page: Page) -> str:
    """Begin a short one; its address."""
    page.get_by_label("Fresher").check()
    page.get_by_label("30 minutes").check()
    page.get_by_role("button", name="Start now").click()
    expect(page.get_by_role("heading", name="Fresher, Freshers")).to_be_visible()
    return page.url


def enter(page: Page) -> None:
    """Go to the first challenge's room."""
    page.locator(".part").get_by_role("link").first.click()
    expect(page.locator(".cm-content")).to_be_visible()


def expect_no_complaint(page: Page) -> None:
    """Whatever is asked of every page, which changes the size of the window on the way."""
    assert list(complaints_of(page)) == []
    page.set_viewport_size({"width": 1400, "height": 900})


def type_and_save(page: Page, text: str) -> None:
    """Add a line and wait until the server has it."""
    with page.expect_response(lambda answer: answer.request.method == "PUT" and answer.ok):
        page.locator(".cm-content").focus()
        page.keyboard.press("Control+End")
        page.keyboard.insert_text(f"\n{text}")
    expect(page.locator("[data-draft-state]")).to_have_text(SAVED, timeout=PATIENCE)


def let_time_run_out(sessions: Sessions) -> None:
    """Everything so far happened earlier, and the end came a while ago."""
    with sessions.begin() as session:
        sitting = session.scalars(select(Sitting)).one()
        back = timedelta(seconds=30)
        sitting.ends_at = utc_now() - back / 2
        sitting.started_at -= timedelta(hours=1)
        for version in session.scalars(select(DraftVersion)):
            version.saved_at -= back


def rows(sessions: Sessions) -> list[Submission]:
    with reading(sessions) as session:
        return list(session.scalars(select(Submission)))


def worker_of(app: FastAPI, broker: RedisServer) -> Sweeper:
    """What a worker does every few seconds."""
    settings = app.state.settings
    return Sweeper(settings, app.state.sessions, make_queue(settings), broker.client, "w")


def test_the_tab_is_closed_and_the_time_runs_out(
    app: FastAPI, page: Page, sessions: Sessions, broker: RedisServer
) -> None:
    address = begin(page)
    expect_no_complaint(page)
    page.locator("#question-1 input").first.check()
    expect(page.locator("#question-1-state")).to_have_text("Saved")
    expect(page.locator("#mock-answered")).to_have_text("1 of 4 answered")
    enter(page)
    expect(page.locator("[data-clock-left]")).to_have_text(re.compile(r"^(29|30):\d\d$"))
    expect_no_complaint(page)
    type_and_save(page, "last_words = 1")
    context = page.context
    page.close()

    let_time_run_out(sessions)
    worker = worker_of(app, broker)
    worker.sweep()
    worker.sweep()
    (made,) = rows(sessions)
    assert "last_words = 1" in made.files["main.py"]
    with sessions.begin() as session:
        stored = session.merge(made)
        for name, value in done("failed").items():
            setattr(stored, name, value)

    later: Any = context.new_page()
    later.goto(address)
    expect(later).to_have_url(f"{address}/report")
    expect(later.locator("#mock-report")).to_contain_text(
        "Your last saved code was handed in for you at the end."
    )
    expect_no_complaint(later)
    later.get_by_role("button", name="Make a certificate").click()
    expect(later.get_by_role("heading", name="Ada")).to_be_visible()
    expect_no_complaint(later)


def test_another_device_goes_on_where_this_one_was(
    page: Page, sign_in: SignIn, complaints: list[str], site: str
) -> None:
    address = begin(page)
    page.locator("#question-2 input").last.check()
    expect(page.locator("#question-2-state")).to_have_text("Saved")
    enter(page)
    type_and_save(page, "at_the_desk = 1")

    browser = page.context.browser
    assert browser is not None
    device: BrowserContext = new_device(browser, complaints)
    sign_in(device, ADA)
    phone = device.new_page()
    phone.set_default_timeout(PATIENCE)
    phone.goto(f"{site}/mock-interviews")
    phone.get_by_role("link", name="Go on with it").click()
    expect(phone).to_have_url(address)
    expect(phone.locator("#question-2 input").last).to_be_checked()
    enter(phone)
    expect(phone.locator(".cm-content")).to_contain_text("at_the_desk = 1")
    type_and_save(phone, "on_the_train = 2")


def test_a_wrong_clock_in_the_browser_shows_the_right_time_and_can_be_hidden(
    page: Page, sessions: Sessions
) -> None:
    page.clock.install(time=utc_now() + timedelta(hours=5))
    begin(page)
    left = page.locator("[data-clock-left]")
    expect(left).to_have_text(re.compile(r"^(29|30):\d\d$"))
    page.clock.run_for(timedelta(minutes=20, seconds=30).seconds * 1000)
    expect(page.locator("#live")).to_have_text("10 minutes left.")
    page.get_by_role("button", name="Hide the time").click()
    expect(left).to_be_hidden()
    page.reload()
    expect(left).to_be_hidden()
    page.get_by_role("button", name="Show the time").click()
    expect(left).to_be_visible()
    with reading(sessions) as session:
        sitting = session.scalars(select(Sitting)).one()
    assert sitting.ends_at - sitting.started_at == timedelta(minutes=30)


def test_everything_works_without_script(page: Page, site: str, sign_in: SignIn) -> None:
    browser = page.context.browser
    assert browser is not None
    plain = browser.new_context(java_script_enabled=False)
    sign_in(plain, ADA)
    paper = plain.new_page()
    paper.goto(f"{site}/mock-interviews")
    begin(paper)
    expect(paper.locator("[data-clock-end]")).to_contain_text("UTC, in 30 minutes")
    paper.locator("#question-1 input").first.check()
    paper.locator("#question-1").get_by_role("button", name="Save this answer").click()
    expect(paper.locator("#mock-answered")).to_have_text("1 of 4 answered")
    paper.get_by_text("End now").click()
    paper.get_by_role("button", name="End this interview").click()
    expect(paper.get_by_role("heading", name="Report: Fresher, Freshers")).to_be_visible()
