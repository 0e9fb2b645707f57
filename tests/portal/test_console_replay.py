"""A request of a failed public check, sent again to one's own draft."""

from __future__ import annotations

import json
from typing import Any

import pytest
from sqlalchemy.orm import Session, sessionmaker

from graders.evidence import MAX_BODY_SHOWN, Exchange, Side
from graders.verdict import CheckEvidence
from portal.models import Kind, Person, Submission
from portal.submissions import evidence
from tests.clients import TestClient
from tests.databases import ON_SQLITE
from tests.people import ADA, MALLORY, Someone
from tests.portal.consoles import PAGE, consoles, requests
from tests.portal.handed_in import FILES, done, hand_in, package

Sessions = sessionmaker[Session]
People = dict[Someone, Person]
NAME = package().requirements[0].name
ASKED = Side("POST /names?x=1", (("X-Key", "k"),), 0, '{"name": "Zoë"}', 16)
CAME = Side("422 Unprocessable Content", (), 0, "{}", 2)
DRAFT = {"files": json.dumps(FILES | {"more.py": ""})}

pytestmark = [ON_SQLITE, pytest.mark.usefixtures("broker")]


def side(**changes: Any) -> Side:
    """The request with something changed."""
    values = {name: getattr(ASKED, name) for name in Side.__slots__} | changes
    return Side(**values)


def run_with(
    sessions: Sessions, person: Person, sent: Side | None, status: str = "failed", **columns: Any
) -> Submission:
    """A run whose first check has sent this."""
    seen = (CheckEvidence(NAME, 0, (Exchange(sent, CAME),), left_out=0),)
    row = hand_in(sessions, person, **({"kind": Kind.RUN, **done(status)} | columns))
    with sessions.begin() as session:
        session.add(evidence.stored(row.id, seen))
    return row


def replay(client: TestClient, row: Submission, **changes: object) -> Any:
    """Press the button."""
    fields = {"requirement": NAME, "check": 0, "exchange": 0} | DRAFT | changes
    return client.post(f"/submissions/{row.id}/replay", data=fields)


def test_the_button_starts_the_draft_and_sends_the_request(
    ada: TestClient, people: People, sessions: Sessions
) -> None:
    run = run_with(sessions, people[ADA], ASKED)
    assert "Replay on my draft" in ada.get(f"/submissions/{run.id}").text
    answer = replay(ada, run)
    assert (answer.status_code, answer.headers["location"]) == (303, f"{PAGE}?request=1")
    (console,), (row,) = consoles(sessions), requests(sessions)
    assert console.files == json.loads(DRAFT["files"])
    assert (row.method, row.target, row.headers, row.body) == (
        "POST",
        "/names?x=1",
        [["X-Key", "k"]],
        '{"name": "Zoë"}',
    )


def test_without_script_the_code_of_the_run_is_asked(
    ada: TestClient, people: People, sessions: Sessions
) -> None:
    replay(ada, run_with(sessions, people[ADA], ASKED), files="")
    assert consoles(sessions)[0].files == FILES


@pytest.mark.parametrize(
    ("sent", "why"),
    [
        (side(body="x" * MAX_BODY_SHOWN, size=9999), "of its body only a part is kept"),
        (side(body=None, size=9), "of its body only a part is kept"),
        (side(line="GET /" + "x" * 40 + "…"), "too long to be kept whole"),
        (side(more_headers=1), "too long to be kept whole"),
        (side(headers=(("X", "y…"),)), "too long to be kept whole"),
        (side(headers=(("Connection", "close"),)), "it is set for you"),
        (side(line="to mail: POST /send"), "cannot be sent again from the console"),
        (side(line="text message", headers=(), body="hi", size=2), "cannot be sent again"),
    ],
)
def test_what_cannot_be_sent_again_says_why_and_has_no_button(
    ada: TestClient, people: People, sessions: Sessions, sent: Side, why: str
) -> None:
    run = run_with(sessions, people[ADA], sent)
    text = ada.get(f"/submissions/{run.id}").text
    assert "Replay on my draft" not in text
    assert why in text
    answer = replay(ada, run)
    assert (answer.status_code, why in answer.text) == (422, True)
    assert consoles(sessions) == []


def test_a_check_that_passed_needs_no_replay(
    ada: TestClient, people: People, sessions: Sessions
) -> None:
    run = run_with(sessions, people[ADA], ASKED, "passed")
    assert "Replay on my draft" not in ada.get(f"/submissions/{run.id}").text


@pytest.mark.parametrize(
    "place", [{"exchange": 1}, {"exchange": -1}, {"check": 5}, {"requirement": "x"}]
)
def test_a_place_where_nothing_was_sent_is_not_there(
    ada: TestClient, people: People, sessions: Sessions, place: dict[str, object]
) -> None:
    assert replay(ada, run_with(sessions, people[ADA], ASKED), **place).status_code == 404


def test_hidden_checks_and_other_peoples_runs_tell_nothing(
    ada: TestClient, people: People, sessions: Sessions
) -> None:
    hidden = run_with(sessions, people[ADA], ASKED, kind=Kind.SUBMISSION)
    theirs = run_with(sessions, people[MALLORY], ASKED)
    for row in (hidden, theirs):
        assert replay(ada, row).status_code == 404
    assert (consoles(sessions), requests(sessions)) == ([], [])
