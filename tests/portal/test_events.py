"""The stream of one submission: what changed, until it is done."""

from __future__ import annotations

import re
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from fastapi import FastAPI
from sqlalchemy import update
from sqlalchemy.orm import Session, sessionmaker

from portal.models import Person, Submission
from portal.submissions import notices, stream
from tests.clients import TestClient
from tests.people import ADA, MALLORY, Someone
from tests.portal.handed_in import UNKNOWN, done, hand_in, rows_that, running
from tests.redis_server import RedisServer

Sessions = sessionmaker[Session]
People = dict[Someone, Person]
PATIENCE_SECONDS = 30.0
Looks = list[stream.Moment | None]

each_stream = pytest.mark.parametrize("prefix", ["", "/api/v1"], ids=["page", "api"])


def events(text: str) -> list[tuple[str, str]]:
    """Kind and data of every event of a whole stream."""
    return re.findall(r"^event: (\w+)\ndata: (\w+)\n", text, re.MULTILINE)


@pytest.fixture
def looks(monkeypatch: pytest.MonkeyPatch) -> Looks:
    """What watchers have found so far, each time that they looked."""
    found: Looks = []
    look = stream._moment

    def noted(app: FastAPI, submission_id: uuid.UUID) -> stream.Moment | None:
        found.append(look(app, submission_id))
        return found[-1]

    monkeypatch.setattr(stream, "_moment", noted)
    return found


def watcher(request: pytest.FixtureRequest, someone: str, prefix: str) -> TestClient:
    """The browser or the program of somebody."""
    client: TestClient = request.getfixturevalue(f"{someone}_api" if prefix else someone)
    return client


@contextmanager
def meanwhile(act: Callable[[], None]) -> Iterator[None]:
    """Do this while the block goes on."""
    thread = threading.Thread(target=act)
    thread.start()
    try:
        yield
    finally:
        thread.join()


def graded(
    sessions: Sessions, redis: RedisServer | None, submission_id: uuid.UUID, looks: Looks
) -> None:
    """What a worker writes, each step once the one before was seen; a Redis tells the watchers."""
    some, all_of_them = rows_that("waiting"), rows_that("passed")
    some[0] = all_of_them[0]
    free = {"lease_token": None, "lease_until": None, "phase": None, "rows": None}
    steps: list[dict[str, Any]] = [
        running("starting", rows_that("waiting")),
        running("examining", rows_that("waiting")),
        running("examining", some),
        running("examining", all_of_them),
        done("passed") | free,
    ]
    seen: stream.Moment | None = None
    for step in steps:
        seen = _next(looks, seen)
        with sessions.begin() as session:
            session.execute(update(Submission).where(Submission.id == submission_id).values(**step))
        if redis is not None:
            notices.announce(redis.client, submission_id)


def _next(looks: Looks, seen: stream.Moment | None) -> stream.Moment | None:
    """What a watcher finds after it had found `seen`."""
    until = time.monotonic() + PATIENCE_SECONDS
    while not looks or looks[-1] == seen:
        assert time.monotonic() < until, f"Nobody has seen a change since {seen}."
        time.sleep(0.01)
    return looks[-1]


@each_stream
def test_it_tells_every_change_and_ends(
    request: pytest.FixtureRequest,
    people: People,
    sessions: Sessions,
    broker: RedisServer,
    looks: Looks,
    prefix: str,
) -> None:
    mine = hand_in(sessions, people[ADA])
    client = watcher(request, "ada", prefix)
    with client, meanwhile(lambda: graded(sessions, broker, mine.id, looks)):
        answer = client.get(f"{prefix}/submissions/{mine.id}/events")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/event-stream")
    assert events(answer.text) == [
        ("changed", "queued"),
        ("changed", "starting"),
        ("changed", "examining"),
        ("changed", "examining"),
        ("changed", "examining"),
        ("done", "done"),
    ]


def test_without_notices_it_looks_again_and_ends_all_the_same(
    ada: TestClient,
    people: People,
    sessions: Sessions,
    looks: Looks,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(stream, "RECHECK_SECONDS", 0.2)
    mine = hand_in(sessions, people[ADA])
    with ada, meanwhile(lambda: graded(sessions, None, mine.id, looks)):
        answer = ada.get(f"/submissions/{mine.id}/events")
    told = events(answer.text)
    assert told[0] == ("changed", "queued")
    assert told[-1] == ("done", "done")


@each_stream
def test_what_is_done_is_said_once_and_that_is_all(
    request: pytest.FixtureRequest, people: People, sessions: Sessions, prefix: str
) -> None:
    mine = hand_in(sessions, people[ADA], **done("failed"))
    answer = watcher(request, "ada", prefix).get(f"{prefix}/submissions/{mine.id}/events")
    assert events(answer.text) == [("done", "done")]


@each_stream
def test_what_is_not_mine_or_not_there_opens_no_stream(
    request: pytest.FixtureRequest, people: People, sessions: Sessions, prefix: str
) -> None:
    theirs = hand_in(sessions, people[MALLORY])
    for wanted in (theirs.id, UNKNOWN, "x"):
        answer = watcher(request, "ada", prefix).get(f"{prefix}/submissions/{wanted}/events")
        assert answer.status_code == 404
        assert "event-stream" not in answer.headers["content-type"]


def test_it_needs_a_person(
    visitor: TestClient, stranger_api: TestClient, people: People, sessions: Sessions
) -> None:
    mine = hand_in(sessions, people[ADA])
    page = visitor.get(f"/submissions/{mine.id}/events")
    assert page.status_code == 303
    api = stranger_api.get(f"/api/v1/submissions/{mine.id}/events")
    assert (api.status_code, api.headers["www-authenticate"]) == (401, "Bearer")


def test_two_may_watch_at_once_and_nobody_is_left_waiting(
    ada: TestClient, people: People, sessions: Sessions, broker: RedisServer, looks: Looks
) -> None:
    mine = hand_in(sessions, people[ADA])
    answers: list[Any] = []
    with ada, meanwhile(lambda: graded(sessions, broker, mine.id, looks)):
        second = threading.Thread(
            target=lambda: answers.append(ada.get(f"/submissions/{mine.id}/events"))
        )
        second.start()
        answers.append(ada.get(f"/submissions/{mine.id}/events"))
        second.join()
    assert [events(answer.text)[-1] for answer in answers] == [("done", "done")] * 2
    app: Any = ada.app
    assert app.state.watchers._waiting == {}


@each_stream
def test_a_wrong_method_is_named_as_such(
    request: pytest.FixtureRequest, people: People, sessions: Sessions, prefix: str
) -> None:
    mine = hand_in(sessions, people[ADA])
    answer = watcher(request, "ada", prefix).post(f"{prefix}/submissions/{mine.id}/events")
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET")
