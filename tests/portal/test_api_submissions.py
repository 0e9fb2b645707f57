"""Submissions and runs over the API."""

from __future__ import annotations

import json
import uuid
from typing import Any

import pytest
from sqlalchemy.orm import Session, sessionmaker

from graders.verdict import Verdict
from portal.models import Kind, Person, State
from tests.clients import TestClient
from tests.databases import ON_SQLITE
from tests.people import ADA, MALLORY, Someone
from tests.portal.handed_in import (
    CARD,
    FILES,
    SLUG,
    UNKNOWN,
    count,
    done,
    hand_in,
    package,
    rows_that,
    running,
    stored,
)
from tests.redis_server import RedisServer

pytestmark = ON_SQLITE

Sessions = sessionmaker[Session]
People = dict[Someone, Person]
SUBMIT = f"/api/v1/challenges/{SLUG}/submissions"
RUN = f"/api/v1/challenges/{SLUG}/runs"
BODY = {"files": FILES}
STATE_FIELDS = {
    *("id", "kind", "challenge", "version", "state", "phase", "verdict", "score", "max_score"),
    *("message", "requirements", "output", "attempts", "phases", "timing", "fairness", "files"),
}
PHASE_FIELDS = {"submitted", "queued", "started", "app_ready", "examined", "stored"}
ROW_FIELDS = {"name", "title", "points", "earned", "status", "message", "checks"}

each_way_in = pytest.mark.parametrize("address", [SUBMIT, RUN], ids=["submission", "run"])


def assert_problem(answer: Any, status: int) -> dict[str, Any]:
    """This answer is an RFC 9457 document with this status."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    document: dict[str, Any] = answer.json()
    assert {"type", "title", "status", "detail"} <= document.keys()
    assert document["status"] == status
    return document


@each_way_in
def test_the_receipt_says_where_to_look(
    ada_api: TestClient,
    people: People,
    sessions: Sessions,
    broker: RedisServer,
    address: str,
) -> None:
    answer = ada_api.post(address, json=BODY)
    assert answer.status_code == 202
    receipt = answer.json()
    assert receipt.keys() == {"id", "state", "url"}
    assert receipt["state"] == "queued"
    assert answer.headers["location"] == receipt["url"] == f"/api/v1/submissions/{receipt['id']}"
    row = stored(sessions, receipt["id"])
    assert (row.person_id, row.files, row.state) == (people[ADA].id, FILES, State.QUEUED)
    assert row.kind is (Kind.RUN if address == RUN else Kind.SUBMISSION)
    assert broker.client.llen("grading") == 1


@pytest.mark.usefixtures("broker")
def test_what_was_handed_in_can_be_read_at_once(ada_api: TestClient) -> None:
    location = ada_api.post(SUBMIT, json=BODY).headers["location"]
    document = ada_api.get(location).json()
    assert document.keys() == STATE_FIELDS
    assert document["phases"].keys() == PHASE_FIELDS
    assert document["files"] == FILES
    assert (document["state"], document["phase"], document["verdict"]) == ("queued", "queued", None)
    assert [row["earned"] for row in document["requirements"]] == [None] * 6
    assert document["phases"]["submitted"].endswith("Z")
    assert document["phases"]["started"] is None


@pytest.mark.usefixtures("broker")
def test_handing_in_twice_makes_two(ada_api: TestClient, sessions: Sessions) -> None:
    places = {ada_api.post(SUBMIT, json=BODY).headers["location"] for _ in range(2)}
    assert len(places) == 2
    assert count(sessions) == 2


def test_one_that_is_examined_shows_what_is_known(
    ada_api: TestClient, people: People, sessions: Sessions
) -> None:
    rows = rows_that("waiting")
    rows[0] = rows_that("passed")[0]
    mine = hand_in(sessions, people[ADA], **running("examining", rows))
    document = ada_api.get(f"/api/v1/submissions/{mine.id}").json()
    assert (document["state"], document["phase"]) == ("running", "examining")
    assert document["requirements"][0].keys() == ROW_FIELDS
    assert [row["earned"] for row in document["requirements"]] == [20, *[None] * 5]
    assert document["requirements"][0]["checks"] == [
        {"title": "A check", "status": "passed", "message": None, "exchanges": None, "left_out": 0}
    ]


@pytest.mark.parametrize("verdict", list(Verdict))
def test_every_verdict_can_be_read(
    ada_api: TestClient, people: People, sessions: Sessions, verdict: Verdict
) -> None:
    mine = hand_in(sessions, people[ADA], **done(verdict.value))
    document = ada_api.get(f"/api/v1/submissions/{mine.id}").json()
    assert (document["state"], document["phase"]) == ("done", "done")
    assert document["verdict"] == verdict.value
    assert (document["score"], document["max_score"]) == (mine.score, 100)
    assert document["fairness"] == CARD
    assert document["timing"] == {"total": 1.5}
    assert None not in document["phases"].values()


def test_why_a_challenge_is_broken_is_for_its_author_only(
    ada_api: TestClient, people: People, sessions: Sessions
) -> None:
    inside = done("broken_challenge", fairness=CARD | {"reason": "hidden/test_x.py, line 3"})
    mine = hand_in(sessions, people[ADA], **inside)
    answer = ada_api.get(f"/api/v1/submissions/{mine.id}")
    assert answer.json()["verdict"] == "broken_challenge"
    assert "test_x" not in answer.text


def test_a_verdict_of_ours_has_no_result_and_is_still_readable(
    ada_api: TestClient, people: People, sessions: Sessions
) -> None:
    ours = done("platform_error") | {"result": None, "score": None, "max_score": None}
    mine = hand_in(sessions, people[ADA], **ours)
    document = ada_api.get(f"/api/v1/submissions/{mine.id}").json()
    assert (document["verdict"], document["fairness"]) == ("platform_error", None)


@pytest.mark.parametrize("tail", ["", "/events"])
def test_what_is_not_mine_and_what_is_not_there_are_the_same(
    ada_api: TestClient, people: People, sessions: Sessions, tail: str
) -> None:
    theirs = hand_in(sessions, people[MALLORY])
    answers = [
        ada_api.get(f"/api/v1/submissions/{wanted}{tail}") for wanted in (theirs.id, UNKNOWN, "x")
    ]
    assert [assert_problem(answer, 404) for answer in answers] == [answers[0].json()] * 3


@pytest.mark.parametrize("header", [None, "Bearer made-up", "Basic YTpi"])
def test_without_a_valid_token_there_is_no_way_in(
    stranger_api: TestClient, people: People, sessions: Sessions, header: str | None
) -> None:
    mine = hand_in(sessions, people[ADA])
    headers = {} if header is None else {"Authorization": header}
    for method, address in (
        ("POST", SUBMIT),
        ("POST", RUN),
        ("GET", f"/api/v1/submissions/{mine.id}"),
        ("GET", f"/api/v1/submissions/{mine.id}/events"),
    ):
        answer = stranger_api.request(method, address, json=BODY, headers=headers)
        assert_problem(answer, 401)
        assert answer.headers["www-authenticate"] == "Bearer"
    assert count(sessions) == 1


def test_the_cookie_of_a_browser_hands_nothing_in(ada: TestClient, sessions: Sessions) -> None:
    assert_problem(ada.post(SUBMIT, json=BODY), 401)
    assert count(sessions) == 0


@each_way_in
@pytest.mark.parametrize(
    ("body", "field"),
    [
        (BODY | {"verdict": "passed"}, "body.verdict"),
        (BODY | {"person_id": str(uuid.uuid4())}, "body.person_id"),
        ({}, "body.files"),
        ({"files": None}, "body.files"),
        ({"files": ["main.py"]}, "body.files"),
        ([], "body"),
        (None, "body"),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_a_body_of_another_form_names_the_wrong_field(
    ada_api: TestClient, sessions: Sessions, address: str, body: Any, field: str
) -> None:
    problem = assert_problem(ada_api.post(address, json=body), 422)
    assert field in [error["field"] for error in problem["errors"]]
    assert count(sessions) == 0


@pytest.mark.parametrize("body", [b"{", b"", b"files=x", b"\xff", b"[" * 200_000])
def test_a_body_that_is_no_json_is_a_problem(
    ada_api: TestClient, sessions: Sessions, body: bytes
) -> None:
    answer = ada_api.post(SUBMIT, content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code in {400, 422}
    assert_problem(answer, answer.status_code)
    assert count(sessions) == 0


@pytest.mark.parametrize("kind", ["submissions", "runs"])
def test_a_challenge_that_is_not_there_takes_nothing(
    ada_api: TestClient, sessions: Sessions, kind: str
) -> None:
    assert_problem(ada_api.post(f"/api/v1/challenges/nowhere/{kind}", json=BODY), 404)
    assert count(sessions) == 0


def test_a_wrong_method_is_a_problem(
    ada_api: TestClient, people: People, sessions: Sessions
) -> None:
    mine = hand_in(sessions, people[ADA])
    for method, address, allowed in (
        ("GET", SUBMIT, "POST"),
        ("DELETE", RUN, "POST"),
        ("DELETE", f"/api/v1/submissions/{mine.id}", "GET"),
        ("PUT", f"/api/v1/submissions/{mine.id}", "GET"),
    ):
        answer = ada_api.request(method, address)
        assert_problem(answer, 405)
        assert answer.headers["allow"] == allowed


def test_the_documentation_has_every_endpoint_and_its_lock(stranger_api: TestClient) -> None:
    document = stranger_api.get("/api/v1/openapi.json").json()
    found = {
        f"{method.upper()} {path}": operation
        for path, operations in document["paths"].items()
        for method, operation in operations.items()
    }
    locked = {
        "POST /api/v1/challenges/{slug}/submissions",
        "POST /api/v1/challenges/{slug}/runs",
        "GET /api/v1/submissions/{submission_id}",
        "GET /api/v1/submissions/{submission_id}/events",
    }
    free = {
        "POST /api/v1/token",
        "GET /api/v1/challenges",
        "GET /api/v1/challenges/{slug}",
    }
    assert found.keys() == locked | free
    assert {name for name, operation in found.items() if "security" in operation} == locked
    assert "202" in found["POST /api/v1/challenges/{slug}/submissions"]["responses"]
    assert package().slug not in json.dumps(document)
