"""The learning page of a challenge: hints, the worked solution, and who may see what when."""

from __future__ import annotations

import re

import pytest
from fastapi import FastAPI
from httpx import Response
from sqlalchemy.orm import Session, sessionmaker

from graders.hints import Hint
from graders.package import Package
from portal.database import reading
from portal.learning import queries
from portal.learning.lessons import Lessons
from portal.models import Kind, Person
from tests.clients import TestClient, shown
from tests.databases import ON_SQLITE, statements
from tests.people import ADA, MALLORY, Someone
from tests.portal.handed_in import SLUG, done, hand_in, package

Sessions = sessionmaker[Session]
People = dict[Someone, Person]
PAGE = f"/challenges/{SLUG}/learn"
EDITORIAL = "most of the rules are kept by writing nothing"
FIRST_HINT = "Which status comes back"
SECOND_HINT = "One function may serve several methods"


def ask(client: TestClient, number: object) -> int:
    """Ask for a hint; the status of the answer."""
    answer: Response = client.post(f"{PAGE}/hints", data={"number": str(number)})
    return answer.status_code


def seen(sessions: Sessions, person: Person) -> set[int]:
    """The hints that are noted as read."""
    with reading(sessions) as session:
        return set(queries.shown_hints(session, person.id, SLUG))


def test_it_needs_an_account_and_leads_back(visitor: TestClient) -> None:
    answer = visitor.get(PAGE)
    assert answer.status_code == 303
    assert answer.headers["location"] == "/sign-in?next=%2Fchallenges%2Ffirst-endpoint%2Flearn"


def test_an_unknown_challenge_is_not_there(ada: TestClient) -> None:
    for path in ("learn", "learn/quiz"):
        assert ada.get(f"/challenges/nowhere/{path}").status_code == 404
    for path in ("learn/hints", "learn/notes", "learn/surrender"):
        data = {"number": "1", "tab": "00000000-0000-4000-8000-000000000000"}
        assert ada.post(f"/challenges/nowhere/{path}", data=data).status_code == 404


def test_the_room_and_the_list_lead_to_it(
    ada: TestClient, people: People, sessions: Sessions
) -> None:
    assert f'href="{PAGE}"' in ada.get(f"/challenges/{SLUG}").text
    hand_in(sessions, people[ADA], **done("passed"))
    assert f'href="{PAGE}#editorial"' in ada.get("/challenges").text


def test_no_hint_is_there_before_it_is_asked_for(ada: TestClient) -> None:
    text = ada.get(PAGE).text
    for hint in package().hints:
        assert hint.text[:25] not in text
    assert "0 of 5 read" in shown(text)
    assert "First of 2 hints" in shown(text)


def test_a_hint_is_shown_once_asked_for_and_it_is_noted(
    ada: TestClient, people: People, sessions: Sessions
) -> None:
    answer = ada.post(f"{PAGE}/hints", data={"number": "1"})
    assert (answer.status_code, answer.headers["location"]) == (303, f"{PAGE}#hint-1")
    text = shown(ada.get(PAGE).text)
    assert FIRST_HINT in text
    assert SECOND_HINT not in text
    assert "1 of 5 read" in text
    assert "One more on: HEAD" in text
    assert seen(sessions, people[ADA]) == {1}


def test_asking_twice_is_asking_once(ada: TestClient, people: People, sessions: Sessions) -> None:
    assert [ask(ada, 1), ask(ada, 1)] == [303, 303]
    assert seen(sessions, people[ADA]) == {1}


def test_hints_on_one_requirement_come_one_at_a_time(
    ada: TestClient, people: People, sessions: Sessions
) -> None:
    answer = ada.post(f"{PAGE}/hints", data={"number": "2"})
    assert answer.status_code == 409
    assert "One hint at a time" in answer.text
    assert ask(ada, 3) == 303  # on another requirement
    assert [ask(ada, 1), ask(ada, 2)] == [303, 303]
    assert seen(sessions, people[ADA]) == {1, 2, 3}


@pytest.mark.parametrize("number", [0, -1, 6, 10**12])
def test_a_hint_that_is_not_there_is_not_there(ada: TestClient, number: int) -> None:
    assert ask(ada, number) == 404


@pytest.mark.parametrize("number", ["", "one", "1.5", "9" * 5000])
def test_a_hint_without_a_number_is_refused(ada: TestClient, number: str) -> None:
    assert ask(ada, number) == 422


def test_my_hints_are_mine(ada: TestClient, mallory: TestClient) -> None:
    ask(ada, 1)
    assert "0 of 5 read" in shown(mallory.get(PAGE).text)
    assert FIRST_HINT not in mallory.get(PAGE).text


def test_a_challenge_without_hints_says_so(
    app: FastAPI, ada: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Package, "hints", ())
    assert "This challenge has no hints." in ada.get(PAGE).text


def test_the_worked_solution_waits_for_all_points(
    ada: TestClient, people: People, sessions: Sessions
) -> None:
    assert EDITORIAL not in shown(ada.get(PAGE).text)
    hand_in(sessions, people[ADA], **done("partial") | {"score": 99})
    hand_in(sessions, people[ADA], **done("passed") | {"kind": Kind.RUN})
    hand_in(sessions, people[MALLORY], **done("passed"))
    hand_in(sessions, people[ADA], challenge="ticket-desk", **done("passed"))
    assert EDITORIAL not in shown(ada.get(PAGE).text)
    hand_in(sessions, people[ADA], **done("passed"))
    text = ada.get(PAGE).text
    assert EDITORIAL in shown(text)
    assert "I am stuck" not in text


def test_giving_up_is_asked_about_once_and_noted(
    ada: TestClient, mallory: TestClient, people: People, sessions: Sessions
) -> None:
    assert "Give up and show me the solution" in ada.get(PAGE).text
    for _ in range(2):
        answer = ada.post(f"{PAGE}/surrender")
        assert (answer.status_code, answer.headers["location"]) == (303, f"{PAGE}#editorial")
    text = shown(ada.get(PAGE).text)
    assert EDITORIAL in text
    assert "You gave this challenge up" in text
    assert "Give up and show" not in text
    assert EDITORIAL not in shown(mallory.get(PAGE).text)
    with reading(sessions) as session:
        assert queries.surrender(session, people[ADA].id, SLUG) is not None


def test_who_gave_up_can_still_solve_it(
    ada: TestClient, people: People, sessions: Sessions
) -> None:
    ada.post(f"{PAGE}/surrender")
    hand_in(sessions, people[ADA], **done("passed"))
    text = shown(ada.get(PAGE).text)
    assert EDITORIAL in text
    assert "You gave this challenge up" not in text
    assert f'href="{PAGE}#editorial"' in ada.get("/challenges").text


def test_the_interviewers_notes_are_never_there(
    ada: TestClient, people: People, sessions: Sessions
) -> None:
    hand_in(sessions, people[ADA], **done("passed"))
    ada.post(f"{PAGE}/surrender")
    text = shown(ada.get(PAGE).text)
    lines = [line.strip() for line in package().notes.splitlines() if len(line) > 40]
    assert lines
    assert not [line for line in lines if line in text]


@ON_SQLITE
def test_a_broken_lesson_says_so_and_the_log_says_which(
    ada: TestClient, app: FastAPI, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    app.state.lessons = Lessons(app.state.library)
    monkeypatch.setattr("graders.hints.Hints.model_fields", {})
    monkeypatch.setattr("graders.hints.FILE", "statement.md")
    answer = ada.get(PAGE)
    assert answer.status_code == 503
    assert "are being repaired" in answer.text
    assert "first-endpoint/statement.md" in caplog.text


@ON_SQLITE
def test_the_number_of_queries_does_not_depend_on_what_is_kept(
    app: FastAPI, ada: TestClient, people: People, sessions: Sessions
) -> None:
    with statements(app) as empty:
        ada.get(PAGE)
    for number in (1, 2, 3, 4, 5):
        ask(ada, number)
    for _ in range(3):
        hand_in(sessions, people[ADA], **done("passed"))
    with statements(app) as full:
        ada.get(PAGE)
    assert len(full) == len(empty) <= 7


def test_hints_are_shown_as_text(
    ada: TestClient, app: FastAPI, monkeypatch: pytest.MonkeyPatch
) -> None:
    hint = Hint(requirement="head", text="<script>alert(1)</script> [x](javascript:alert(1))")
    monkeypatch.setattr(Package, "hints", (hint,))
    ask(ada, 1)
    text = ada.get(PAGE).text
    assert not re.search(r"<script>alert|href=\"javascript", text)
