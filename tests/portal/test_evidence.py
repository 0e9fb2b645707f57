"""What a check sent and got back: shown in full for a run, kept from the candidate else."""

from __future__ import annotations

import re
from dataclasses import asdict
from html import unescape
from typing import Any

import pytest
from sqlalchemy.orm import Session, sessionmaker

from graders.evidence import MAX_BODY_SHOWN, Exchange, Side
from graders.examiner import Examiner
from graders.grade import Grader
from graders.verdict import CheckEvidence
from portal.models import Kind, Person, Submission
from portal.queue import make_redis
from portal.settings import Settings
from portal.submissions import evidence
from portal.submissions.grading import Grading
from sandbox.backends.process import ProcessSandbox
from tests.boxes import examiner
from tests.clients import TestClient, shown
from tests.databases import ON_SQLITE
from tests.people import ADA, EVERYBODY, Someone
from tests.portal.handed_in import RIGHT, done, evidence_of, hand_in, package, running, stored
from tests.redis_server import RedisServer

__all__ = ["examiner"]

Sessions = sessionmaker[Session]
People = dict[Someone, Person]

NAME = package().requirements[0].name
ASKED = Side("POST /names?x=<1>", (("x-key", "k&k"),), 0, '{"name": "<b>Zoë</b>"}', 22)
ANSWERED = Side("422 Unprocessable Content", (("server", "mine"),), 3, "x" * MAX_BODY_SHOWN, 9999)
BINARY = Side("200 OK", (), 0, None, 12)
SEEN = (CheckEvidence(NAME, 0, (Exchange(None, BINARY), Exchange(ASKED, ANSWERED)), left_out=4),)


class OurOwn(ProcessSandbox):
    """Plain processes, which are wall enough for what these tests hand in themselves."""

    isolates = True


def with_evidence(sessions: Sessions, person: Person, **columns: Any) -> Submission:
    """Something handed in, of whose first check there is evidence."""
    row = hand_in(sessions, person, **columns)
    with sessions.begin() as session:
        session.add(evidence.stored(row.id, SEEN))
    return row


@ON_SQLITE
def test_a_runs_page_shows_what_was_sent_and_came_and_what_the_contract_says(
    ada: TestClient, people: People, sessions: Sessions
) -> None:
    run = with_evidence(sessions, people[ADA], kind=Kind.RUN, **done("failed"))
    for address in (f"/submissions/{run.id}", f"/submissions/{run.id}/status"):
        text = unescape(shown(ada.get(address).text))
        assert "POST /names?x=<1> → 422 Unprocessable Content" in text
        assert 'x-key: k&k {"name": "<b>Zoë</b>"}' in text
        assert "server: mine … and 3 more xxx" in text
        assert f"cut: the first {MAX_BODY_SHOWN} of 9999 bytes" in text
        assert "binary, 12 bytes" in text
        assert "A check Failed GET / should answer 200 4 earlier not shown" in text
        assert "The contract A check" in text


@ON_SQLITE
def test_what_the_app_sent_is_text_and_no_markup(
    ada: TestClient, people: People, sessions: Sessions
) -> None:
    run = with_evidence(sessions, people[ADA], kind=Kind.RUN, **done("failed"))
    text = ada.get(f"/submissions/{run.id}/status").text
    assert "<b>Zo" not in text
    around = re.search(r'<div class="exchanges"([^>]*)>.*&lt;b&gt;Zo', text, re.DOTALL)
    assert around is not None
    assert "hx-ignore" in around[1]


@ON_SQLITE
def test_the_api_tells_the_exchanges_of_a_run(
    ada_api: TestClient, people: People, sessions: Sessions
) -> None:
    run = with_evidence(sessions, people[ADA], kind=Kind.RUN, **done("failed"))
    rows = ada_api.get(f"/api/v1/submissions/{run.id}").json()["requirements"]
    check = rows[0]["checks"][0]
    assert check["left_out"] == 4
    unasked, asked = check["exchanges"]
    assert unasked["sent"] is None
    assert unasked["came"] == asdict(BINARY) | {"headers": [], "note": "binary, 12 bytes"}
    assert asked["sent"] == asdict(ASKED) | {"headers": [["x-key", "k&k"]], "note": None}
    assert [each["checks"][0]["exchanges"] for each in rows[1:]] == [None] * (len(rows) - 1)


@ON_SQLITE
@pytest.mark.parametrize("someone", EVERYBODY)
def test_of_a_submission_nobody_is_shown_any(
    request: pytest.FixtureRequest, people: People, sessions: Sessions, someone: Someone
) -> None:
    row = with_evidence(sessions, people[someone], **done("failed"))
    client: TestClient = request.getfixturevalue(someone.name.lower())
    for address in ("", "/status"):
        answer = client.get(f"/submissions/{row.id}{address}")
        assert answer.status_code == 200
        assert "exchange" not in answer.text
        assert "/names" not in answer.text


@ON_SQLITE
def test_the_api_tells_no_exchange_of_a_submission(
    ada_api: TestClient, people: People, sessions: Sessions
) -> None:
    row = with_evidence(sessions, people[ADA], **done("failed"))
    answer = ada_api.get(f"/api/v1/submissions/{row.id}")
    checks = [check for each in answer.json()["requirements"] for check in each["checks"]]
    assert {(check["exchanges"], check["left_out"]) for check in checks} == {(None, 0)}
    assert "/names" not in answer.text


@ON_SQLITE
def test_a_run_that_is_tried_again_shows_none_of_an_earlier_try(
    ada: TestClient, people: People, sessions: Sessions
) -> None:
    rows = done("failed")["result"]["requirements"]
    columns = running("examining", rows=rows)
    run = with_evidence(sessions, people[ADA], kind=Kind.RUN, **columns)
    assert "exchange" not in ada.get(f"/submissions/{run.id}/status").text


@pytest.mark.parametrize("kind", Kind)
def test_grading_keeps_what_every_check_saw_apart_from_the_result(
    settings: Settings,
    people: People,
    sessions: Sessions,
    broker: RedisServer,
    examiner: Examiner,
    kind: Kind,
) -> None:
    row = hand_in(sessions, people[ADA], kind=kind, files={"main.py": RIGHT})
    client = make_redis(settings)
    Grading(settings, sessions, client, Grader(OurOwn(), examiner), "w").grade(row.id)
    client.close()
    result = stored(sessions, row.id).result or {}
    assert result["verdict"] == "passed"
    assert "evidence" not in result
    checks = evidence_of(sessions, row.id)
    places = {(each["requirement"], each["check"]) for each in checks}
    assert places == {
        (each["name"], place)
        for each in result["requirements"]
        for place, _ in enumerate(each["checks"])
    }
    assert "GET /health" in {each["sent"]["line"] for c in checks for each in c["exchanges"]}
    assert "exchanges" not in str(result)


@ON_SQLITE
def test_the_documentation_says_when_there_are_exchanges(ada_api: TestClient) -> None:
    schemas = ada_api.get("/api/v1/openapi.json").json()["components"]["schemas"]
    told = schemas["CheckItem"]["properties"]["exchanges"]["description"]
    assert "null for a submission" in told
    assert schemas["ExchangeItem"]["properties"].keys() == {"sent", "came"}
