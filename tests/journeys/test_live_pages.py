"""What changes on its own reaches the page: told by a stream, and without one by asking again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from uuid import UUID

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import update
from sqlalchemy.orm import Session, sessionmaker

from portal.models import Person, Submission
from tests.databases import ON_SQLITE
from tests.journeys.chromium import open_page
from tests.journeys.conftest import SignIn
from tests.people import ADA, Someone
from tests.portal.handed_in import done, hand_in, running

pytestmark = [pytest.mark.browser, ON_SQLITE]

PATIENCE = 20_000
NO_STREAM = re.compile(r"ERR_FAILED|Failed to fetch")
"""What Chromium itself writes when a stream is kept from it, which is what this is about."""

Sessions = sessionmaker[Session]


@pytest.fixture
def complaints() -> Iterator[list[str]]:
    """What the browser complained of; nothing but what was to be expected may be left."""
    made: list[str] = []
    yield made
    assert [each for each in made if not NO_STREAM.search(each)] == []


@pytest.fixture
def page(sign_in: SignIn, complaints: list[str]) -> Iterator[Page]:
    with open_page(complaints) as page:
        page.set_default_timeout(PATIENCE)
        sign_in(page.context, ADA)
        yield page


@pytest.fixture
def graded_now(sessions: Sessions, people: dict[Someone, Person]) -> UUID:
    """A submission of Ada's that somebody grades."""
    return hand_in(sessions, people[ADA], **running("examining")).id


def finish(sessions: Sessions, submission_id: UUID) -> None:
    """The worker stores its verdict, and nobody passes the word on."""
    values = {**done(), "phase": None, "lease_token": None, "lease_until": None}
    with sessions.begin() as session:
        session.execute(update(Submission).where(Submission.id == submission_id).values(values))


def questions(page: Page) -> list[str]:
    """Every time that the page asks for its result, from now on."""
    asked: list[str] = []
    page.on("request", lambda sent: asked.append(sent.url) if "/status" in sent.url else None)
    return asked


def test_a_stream_that_is_open_makes_asking_unnecessary(
    page: Page, site: str, graded_now: UUID, sessions: Sessions
) -> None:
    asked = questions(page)
    page.clock.install()
    with page.expect_response(lambda answer: "/status" in answer.url):
        page.goto(f"{site}/submissions/{graded_now}")
    assert len(asked) == 1, "The stream begins by saying where things stand."
    page.clock.run_for(29_000)
    assert len(asked) == 1
    with page.expect_response(lambda answer: "/status" in answer.url):
        page.clock.run_for(6_000)
    assert len(asked) == 2, "A stream that has said nothing for long is asked behind its back."
    finish(sessions, graded_now)
    expect(page.locator("#submission-status")).to_have_attribute(
        "data-phase", "done", timeout=PATIENCE
    )
    assert len(asked) == 3


def test_without_a_stream_the_page_asks_until_it_is_done(
    page: Page, site: str, graded_now: UUID, sessions: Sessions
) -> None:
    page.route("**/events", lambda route: route.abort())
    asked = questions(page)
    page.clock.install()
    page.goto(f"{site}/submissions/{graded_now}")
    with page.expect_response(lambda answer: "/status" in answer.url):
        page.clock.run_for(3_500)
    finish(sessions, graded_now)
    page.clock.run_for(3_500)
    expect(page.locator("#submission-status")).to_have_attribute(
        "data-phase", "done", timeout=PATIENCE
    )
    asked_until_done = len(asked)
    page.clock.run_for(30_000)
    assert len(asked) == asked_until_done
