"""The result of a submission as its owner sees it, while it grows and afterwards."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from sqlalchemy.orm import Session, sessionmaker

from graders.verdict import Verdict
from portal.models import Kind, Person
from portal.submissions.words import PHASES, VERDICTS
from tests.clients import TestClient, shown
from tests.databases import ON_SQLITE
from tests.people import ADA, MALLORY, Someone
from tests.portal.handed_in import CARD, UNKNOWN, done, hand_in, package, rows_that, running

pytestmark = ON_SQLITE

Sessions = sessionmaker[Session]
People = dict[Someone, Person]
XSS = """'"><script>alert(1)</script><img src=x onerror=alert(2) hx-get="/steal" hx-trigger=load>"""
STATUSES = [
    *("passed", "failed", "crashed", "timed_out", "out_of_memory", "too_much_output"),
    *("protocol_error", "not_run", "waiting", "running"),
]


def partial(client: TestClient, submission_id: object) -> str:
    """The partial of one submission."""
    answer = client.get(f"/submissions/{submission_id}/status")
    assert answer.status_code == 200
    return str(answer.text)


def words(text: str) -> str:
    """What is read in it."""
    return unescape(shown(text))


def is_live(text: str) -> bool:
    """Whether the browser goes on asking."""
    return "hx-trigger" in text or "hx-sse:connect" in text


def test_it_is_a_partial_and_no_page(ada: TestClient, people: People, sessions: Sessions) -> None:
    text = partial(ada, hand_in(sessions, people[ADA]).id)
    assert text.lstrip().startswith('<section id="submission-status"')
    assert "<html" not in text


def test_one_that_waits_says_its_place_in_the_queue(
    ada: TestClient, people: People, sessions: Sessions
) -> None:
    hand_in(sessions, people[MALLORY])
    hand_in(sessions, people[MALLORY], **done())
    mine = hand_in(sessions, people[ADA])
    text = partial(ada, mine.id)
    assert "#2 in the queue" in words(text)
    assert PHASES["queued"].headline in words(text)
    assert 'data-phase="queued"' in text
    assert is_live(text)


@pytest.mark.parametrize("phase", [None, "starting", "examining"])
def test_every_phase_of_a_running_one_is_said(
    ada: TestClient, people: People, sessions: Sessions, phase: str | None
) -> None:
    mine = hand_in(sessions, people[ADA], **running(phase, rows_that("waiting")))
    text = partial(ada, mine.id)
    assert PHASES[phase or "starting"].headline in words(text)
    assert f'data-phase="{phase or "starting"}"' in text
    assert "0 of 6 done, 0 passed" in unescape(text)
    assert is_live(text)


def test_rows_turn_green_one_by_one(ada: TestClient, people: People, sessions: Sessions) -> None:
    rows = rows_that("waiting")
    rows[:2] = rows_that("passed")[:2]
    rows[2] = rows_that("running")[2]
    mine = hand_in(sessions, people[ADA], **running("examining", rows))
    text = partial(ada, mine.id)
    assert len(re.findall(r'<li id="row-\d+" class="row is-passed"', text)) == 2
    assert len(re.findall(r'<li id="row-\d+" class="row is-running"', text)) == 1
    assert len(re.findall(r'<li id="row-\d+" class="row is-waiting"', text)) == 3
    assert "2 of 6 done, 2 passed" in unescape(text)
    assert "35/100 so far" in words(text).replace(" /", "/")


@pytest.mark.parametrize("verdict", list(Verdict))
@pytest.mark.parametrize("kind", list(Kind))
def test_every_verdict_is_shown_and_is_the_end(
    ada: TestClient, people: People, sessions: Sessions, verdict: Verdict, kind: Kind
) -> None:
    mine = hand_in(sessions, people[ADA], **done(verdict.value) | {"kind": kind})
    text = partial(ada, mine.id)
    if kind is Kind.SUBMISSION:
        assert VERDICTS[verdict.value].headline in words(text)
    assert 'data-phase="done"' in text
    assert "Fairness card" in words(text)
    assert not is_live(text)


def test_a_verdict_of_ours_has_no_result_and_still_a_page(
    ada: TestClient, people: People, sessions: Sessions
) -> None:
    ours = done("platform_error") | {"result": None, "score": None, "max_score": None}
    mine = hand_in(sessions, people[ADA], **ours)
    text = words(partial(ada, mine.id))
    assert VERDICTS["platform_error"].headline in text
    assert "Please submit again" in text
    assert text.count("Not run") == len(package().requirements)


@pytest.mark.parametrize("status", STATUSES)
def test_every_outcome_of_a_row_has_a_word(
    ada: TestClient, people: People, sessions: Sessions, status: str
) -> None:
    rows = rows_that(status, "The reason.")
    finished = hand_in(sessions, people[ADA], **done("failed", requirements=rows))
    growing = hand_in(sessions, people[ADA], **running("examining", rows))
    for submission in (finished, growing):
        assert len(re.findall(rf'class="row is-{status}"', partial(ada, submission.id))) == 6


def test_points_earned_and_lost_are_named(
    ada: TestClient, people: People, sessions: Sessions
) -> None:
    rows = rows_that("passed")
    rows[0] = rows_that("failed", "GET / should answer 200, it answered 404")[0]
    part = done("partial", requirements=rows) | {"score": 80}
    text = words(partial(ada, hand_in(sessions, people[ADA], **part).id))
    assert "80/100" in text.replace(" /", "/")
    assert "\N{MINUS SIGN}20 lost" in text
    assert "+15" in text
    assert "GET / should answer 200, it answered 404" in text


def test_the_card_has_all_it_promises(ada: TestClient, people: People, sessions: Sessions) -> None:
    mine = hand_in(sessions, people[ADA], **done("passed"))
    text = words(partial(ada, mine.id))
    for label in (
        *(
            f"Challenge version {mine.challenge_version}",
            f"Challenge digest {mine.challenge_digest}",
        ),
        *(
            "Image digest sha256:0123",
            "Python 3.13.1",
            "FastAPI 0.165.0",
            "Seed of random inputs 7",
        ),
        *("Limit: start-up 5 s", "Limit: memory 256 MB", "Memory used at most 61.5 MB"),
        *("Attempts 1", "Submitted", "Queued", "Started", "App ready", "Examined", "Stored"),
    ):
        assert label in text, label


@pytest.mark.parametrize("verdict", ["did_not_start", "crashed", "failed", "passed", "rejected"])
def test_what_a_candidates_code_says_is_only_text(
    ada: TestClient, people: People, sessions: Sessions, verdict: str
) -> None:
    rows = rows_that("failed", f"{XSS} `{XSS}`")
    for row in rows:
        row["checks"][0]["title"] = f"`{XSS}`"
    hostile = done(
        verdict,
        message=XSS,
        output=XSS,
        requirements=rows,
        fairness=CARD | {"python": XSS, "fastapi": XSS, "image": XSS},
    )
    for kind in Kind:
        mine = hand_in(
            sessions,
            people[ADA],
            files={"main.py": XSS, "x.py": XSS},
            **hostile | {"kind": kind},
        )
        for address in (f"/submissions/{mine.id}/status", f"/submissions/{mine.id}"):
            text = ada.get(address).text
            assert XSS in unescape(text)
            assert "<img" not in text
            assert "<script>" not in text
            assert 'hx-get="/steal"' not in text


@pytest.mark.parametrize("verdict", ["passed", "failed", "partial"])
def test_what_an_app_prints_during_hidden_checks_stays_with_us(
    ada: TestClient, people: People, sessions: Sessions, verdict: str
) -> None:
    printed = done(verdict, output="GET /a/hidden/path")
    mine = hand_in(sessions, people[ADA], **printed)
    assert "hidden/path" not in partial(ada, mine.id)
    run = hand_in(sessions, people[ADA], **printed | {"kind": Kind.RUN})
    assert "hidden/path" in partial(ada, run.id)


def test_a_run_is_not_scored(ada: TestClient, people: People, sessions: Sessions) -> None:
    run = hand_in(sessions, people[ADA], **done("passed") | {"kind": Kind.RUN, "score": 0})
    text = words(partial(ada, run.id))
    assert "All example checks passed" in text
    assert "/0" not in text
    assert "+20" not in text


def test_it_needs_a_person(visitor: TestClient, people: People, sessions: Sessions) -> None:
    address = f"/submissions/{hand_in(sessions, people[ADA]).id}/status"
    answer = visitor.get(address)
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/sign-in?next=")
    from_script = visitor.get(address, headers={"HX-Request": "true"})
    assert from_script.status_code == 401
    assert from_script.headers["hx-redirect"].startswith("/sign-in?next=")


def test_what_is_not_mine_and_what_is_not_there_are_the_same(
    ada: TestClient, people: People, sessions: Sessions
) -> None:
    theirs = hand_in(sessions, people[MALLORY])
    answers = [ada.get(f"/submissions/{wanted}/status") for wanted in (theirs.id, UNKNOWN, "x")]
    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert len({shown(answer.text) for answer in answers}) == 1


def test_reading_it_twice_changes_nothing(
    ada: TestClient, people: People, sessions: Sessions
) -> None:
    mine = hand_in(sessions, people[ADA], **done("passed"))
    first, second = (words(partial(ada, mine.id)) for _ in range(2))
    assert first == second


def test_a_wrong_method_is_named_as_such(
    ada: TestClient, people: People, sessions: Sessions
) -> None:
    answer: Any = ada.post(f"/submissions/{hand_in(sessions, people[ADA]).id}/status")
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET")
