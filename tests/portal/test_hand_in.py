"""Handing in with the buttons of the room: Submit and Run."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
from fastapi import FastAPI
from sqlalchemy.orm import Session, sessionmaker

from portal import queue
from portal.models import Kind, Person, State
from tests.clients import TestClient
from tests.people import ADA, Someone
from tests.portal.handed_in import FILES, SLUG, count, package, stored
from tests.redis_server import RedisServer

Sessions = sessionmaker[Session]
SUBMIT = f"/challenges/{SLUG}/submissions"
RUN = f"/challenges/{SLUG}/runs"
WITHOUT_BROKER_SECONDS = 3.0

each_button = pytest.mark.parametrize(
    ("address", "kind"), [(SUBMIT, Kind.SUBMISSION), (RUN, Kind.RUN)], ids=["submit", "run"]
)


def form(files: Any = FILES) -> dict[str, str]:
    """What the editor sends."""
    return {"files": json.dumps(files)}


def id_of(answer: Any) -> str:
    """The id of the new submission, from where the answer leads."""
    assert answer.status_code == 303, answer.text
    location: str = answer.headers["location"]
    assert location.startswith("/submissions/")
    return location.removeprefix("/submissions/")


@each_button
def test_it_is_stored_whole_and_leads_to_its_page(
    ada: TestClient,
    people: dict[Someone, Person],
    sessions: Sessions,
    broker: RedisServer,
    address: str,
    kind: Kind,
) -> None:
    files = {"main.py": "app = 1\n", "depot/times.py": "# “noon”\n"}
    row = stored(sessions, id_of(ada.post(address, data=form(files))))
    assert (row.person_id, row.kind, row.challenge) == (people[ADA].id, kind, SLUG)
    assert row.files == files
    assert row.state is State.QUEUED
    assert row.challenge_version == package().description.version
    assert row.challenge_digest == package().digest
    assert (row.attempts, row.verdict, row.score) == (0, None, None)
    assert row.nudged_at == row.submitted_at


def test_the_queue_is_told_its_id_and_nothing_else(ada: TestClient, broker: RedisServer) -> None:
    submission_id = id_of(ada.post(SUBMIT, data=form({"main.py": "my_secret = 1"})))
    (message,) = broker.client.lrange(queue.QUEUE, 0, -1)
    assert submission_id in message
    assert "my_secret" not in message
    assert json.loads(message)["content-type"] == "application/json"


@pytest.mark.usefixtures("broker")
def test_the_row_is_committed_before_the_queue_hears_of_it(
    ada: TestClient, app: FastAPI, sessions: Sessions, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = []
    monkeypatch.setattr(
        queue, "nudge", lambda _queue, submission_id: seen.append(stored(sessions, submission_id))
    )
    submission_id = id_of(ada.post(SUBMIT, data=form()))
    assert [str(row.id) for row in seen] == [submission_id]


def test_without_a_broker_it_is_accepted_all_the_same_and_soon(
    ada: TestClient, sessions: Sessions
) -> None:
    begun = time.monotonic()
    row = stored(sessions, id_of(ada.post(SUBMIT, data=form())))
    assert row.state is State.QUEUED
    assert time.monotonic() - begun < WITHOUT_BROKER_SECONDS


@each_button
@pytest.mark.usefixtures("broker")
def test_a_browser_without_script_sends_one_file(
    ada: TestClient, sessions: Sessions, address: str, kind: Kind
) -> None:
    answer = ada.post(address, data={"source": "one = 1\r\ntwo = 2\r\n"})
    assert stored(sessions, id_of(answer)).files == {"main.py": "one = 1\ntwo = 2\n"}


@each_button
@pytest.mark.usefixtures("broker")
def test_handing_in_twice_makes_two(
    ada: TestClient, sessions: Sessions, address: str, kind: Kind
) -> None:
    first, second = (id_of(ada.post(address, data=form())) for _ in range(2))
    assert first != second
    assert count(sessions) == 2
    assert stored(sessions, first).seed != stored(sessions, second).seed


@each_button
def test_it_needs_a_person(
    visitor: TestClient, sessions: Sessions, address: str, kind: Kind
) -> None:
    answer = visitor.post(address, data=form(), headers={"Referer": f"http://x/challenges/{SLUG}"})
    assert answer.status_code == 303
    assert answer.headers["location"] == f"/sign-in?next=%2Fchallenges%2F{SLUG}"
    assert count(sessions) == 0


def test_a_script_that_is_signed_out_is_sent_to_sign_in(visitor: TestClient) -> None:
    answer = visitor.post(SUBMIT, data=form(), headers={"HX-Request": "true"})
    assert answer.status_code == 401
    assert answer.headers["hx-redirect"].startswith("/sign-in?next=")


@pytest.mark.parametrize("address", ["/challenges/nowhere/submissions", "/challenges/nowhere/runs"])
def test_a_challenge_that_is_not_there_takes_nothing(
    ada: TestClient, sessions: Sessions, address: str
) -> None:
    assert ada.post(address, data=form()).status_code == 404
    assert count(sessions) == 0


@each_button
def test_a_wrong_method_is_named_as_such(ada: TestClient, address: str, kind: Kind) -> None:
    for method in ("GET", "PUT", "DELETE"):
        answer = ada.request(method, address)
        assert (answer.status_code, answer.headers["allow"]) == (405, "POST")


@pytest.mark.usefixtures("broker")
def test_nobody_hands_in_for_somebody_else(
    ada: TestClient, people: dict[Someone, Person], sessions: Sessions
) -> None:
    extra = {"person_id": "x", "verdict": "passed", "score": "100", "state": "done"}
    row = stored(sessions, id_of(ada.post(SUBMIT, data=form() | extra)))
    assert (row.person_id, row.verdict, row.score) == (people[ADA].id, None, None)
