"""The report: what counted and what did not, by part, requirement, topic and time; and its PDF."""

from __future__ import annotations

from datetime import timedelta
from html import unescape
from io import BytesIO
from typing import Any

import pypdf
import pytest
from sqlalchemy.orm import Session, sessionmaker

from graders.quiz import Question
from portal.models import Kind, Person, State
from portal.sittings.timing import measured
from tests.clients import TestClient, shown
from tests.databases import ON_SQLITE
from tests.people import ADA, MALLORY, Someone
from tests.portal.handed_in import done
from tests.portal.mocks import (
    ALL,
    begin,
    close,
    hand_in_for,
    let_time_pass,
    parts_of,
    questions_of,
    sitting_of,
)

Sessions = sessionmaker[Session]
People = dict[Someone, Person]
SECOND = timedelta(seconds=1)


def scored(points: int, **changes: Any) -> dict[str, Any]:
    """The columns of a graded submission with these points."""
    return done("partial") | {"score": points} | changes


def test_the_best_within_the_time_counts_and_nothing_else(
    ada: TestClient, sessions: Sessions, people: People
) -> None:
    address = begin(ada)
    (part, *_) = parts_of(sessions, address)
    let_time_pass(sessions, address)
    sitting = sitting_of(sessions, address)
    mine = people[ADA]
    for points, at in (
        (90, sitting.started_at - SECOND),
        (40, sitting.started_at),
        (60, sitting.ends_at),
        (30, sitting.ends_at - SECOND),
        (80, sitting.ends_at + SECOND / 1000),
    ):
        hand_in_for(sessions, mine, part, submitted_at=at, **scored(points))
    inside = {"submitted_at": sitting.ends_at - SECOND}
    hand_in_for(sessions, mine, part, kind=Kind.RUN, **inside, **scored(99))
    hand_in_for(sessions, people[MALLORY], part, **inside, **scored(95))
    close(ada, sessions, address)
    page = shown(ada.get(f"{address}/report").text)
    assert "Points 60 /100" in page
    assert "60 /100" in shown(ada.get(ALL).text)


def test_what_is_graded_after_the_end_counts_and_is_waited_for(
    ada: TestClient, sessions: Sessions, people: People
) -> None:
    address = begin(ada)
    (part, *_) = parts_of(sessions, address)
    row = hand_in_for(sessions, people[ADA], part)
    ada.post(f"{address}/end")
    page = ada.get(f"{address}/report").text
    assert "Something is still being graded" in page
    assert 'hx-trigger="every 3s"' in page
    assert "In grading" in ada.get(ALL).text
    with sessions.begin() as session:
        stored = session.merge(row)
        for name, value in done().items():
            setattr(stored, name, value)
        assert stored.state is State.DONE
    page = ada.get(f"{address}/report").text
    assert "Points 100 /100" in shown(page)
    assert "every 3s" not in page


@pytest.mark.parametrize(
    "ours", [done("platform_error") | {"score": None}, done("broken_challenge")]
)
def test_a_part_that_we_could_not_grade_is_left_out(
    ada: TestClient, sessions: Sessions, people: People, ours: dict[str, Any]
) -> None:
    address = begin(ada, minutes="90", level="common", role="senior")
    first, second, *_ = parts_of(sessions, address)
    hand_in_for(sessions, people[ADA], first, **scored(70))
    hand_in_for(sessions, people[ADA], second, **ours)
    ada.post(f"{address}/end")
    page = shown(ada.get(f"{address}/report").text)
    assert "Points 70 /100" in page
    assert "It could not be graded, which is our mistake. It is left out of the total." in page
    assert "70 /100" in shown(ada.get(ALL).text)


def test_our_mistake_takes_nothing_from_what_was_graded(
    ada: TestClient, sessions: Sessions, people: People
) -> None:
    address = begin(ada)
    (part, *_) = parts_of(sessions, address)
    hand_in_for(sessions, people[ADA], part, **scored(70))
    hand_in_for(sessions, people[ADA], part, **done("broken_challenge"))
    ada.post(f"{address}/end")
    page = shown(ada.get(f"{address}/report").text)
    assert "Points 70 /100" in page
    assert "1 hand-in could not be graded, which is our mistake" in page


def test_each_requirement_shows_what_was_lost_and_why_and_no_more(
    ada: TestClient, sessions: Sessions, people: People
) -> None:
    address = begin(ada)
    (part, *_) = parts_of(sessions, address)
    result = done("failed")["result"] | {"output": "what hidden checks made it print"}
    row = hand_in_for(sessions, people[ADA], part, **done("failed") | {"result": result})
    ada.post(f"{address}/end")
    page = ada.get(f"{address}/report").text
    assert "lost" in page
    assert "GET / should answer 200" in page
    assert f'href="/submissions/{row.id}"' in page
    assert "what hidden checks made it print" not in page
    assert "Practise next" in page
    for place in ("", "/learn"):
        assert f'href="/challenges/{part.challenge}{place}"' in page
    assert f'href="/guide/{part.challenge}"' in page


def test_what_graders_quote_is_never_markup(
    ada: TestClient, sessions: Sessions, people: People
) -> None:
    address = begin(ada)
    (part, *_) = parts_of(sessions, address)
    columns = done("failed")
    columns["result"]["requirements"][0]["message"] = "<script>alert(1)</script>"
    hand_in_for(sessions, people[ADA], part, **columns)
    ada.post(f"{address}/end")
    page = ada.get(f"{address}/report").text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_questions_are_explained_after_the_end(ada: TestClient, sessions: Sessions) -> None:
    address = begin(ada)
    ada.post(f"{address}/end")
    page = unescape(ada.get(f"{address}/report").text)
    assert page.count("Not answered") == 4
    for row in questions_of(sessions, address):
        explanation = Question.model_validate(row.asked).explanation
        assert max(explanation.split("`"), key=len).strip() in page


def test_a_challenge_that_changes_later_changes_no_report(
    ada: TestClient, sessions: Sessions, people: People
) -> None:
    address = begin(ada)
    (part, *_) = parts_of(sessions, address)
    hand_in_for(sessions, people[ADA], part, **scored(70))
    ada.post(f"{address}/end")
    library: Any = ada.app.state.library  # type: ignore[attr-defined]
    del library._packages[part.challenge]
    page = ada.get(f"{address}/report")
    assert page.status_code == 200
    assert "Points 70 /100" in shown(page.text)


def test_time_belongs_to_what_was_done_next() -> None:
    from portal.models import utc_now

    start = utc_now()
    moments = [(start + 5 * SECOND, "a"), (start + 9 * SECOND, "b"), (start + 10 * SECOND, "a")]
    began, busy = measured(start, reversed(moments))
    assert began == {"a": start + 5 * SECOND, "b": start + 9 * SECOND}
    assert busy == {"a": 6 * SECOND, "b": 4 * SECOND}


@ON_SQLITE
def test_it_is_a_pdf_for_its_owner_alone(
    ada: TestClient, sessions: Sessions, people: People, caplog: pytest.LogCaptureFixture
) -> None:
    address = begin(ada)
    (part, *_) = parts_of(sessions, address)
    hand_in_for(sessions, people[ADA], part, **done("failed"))
    ada.post(f"{address}/end")
    with caplog.at_level("WARNING", "weasyprint"):
        answer = ada.get(f"{address}/report.pdf")
    assert not caplog.records, "WeasyPrint does not understand all of the styles"
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["cache-control"] == "private, no-store"
    assert "mock-interview-20" in answer.headers["content-disposition"]
    text = "".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(answer.content)).pages)
    squeezed = "".join(text.split())
    assert "Mockinterview:Fresher,Freshers" in squeezed
    assert "0/100" in squeezed
    assert "GET/shouldanswer200" in squeezed
