"""The study plan's page: what to do today, what comes, and decisions of one click that may come twice."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session, sessionmaker

from portal.models import Person, utc_now
from tests.clients import TestClient, shown
from tests.databases import ON_SQLITE
from tests.people import ADA, Someone
from tests.portal.every_form import forms_of
from tests.portal.handed_in import done, hand_in
from tests.portal.plans import answer_quiz, change, make_plan, plan_of

Sessions = sessionmaker[Session]
People = dict[Someone, Person]
FIRST, SECOND = "The depot's status service", "The bookshop's search"
ACTIONS = ("pause", "resume", "skip", "put-back", "hours", "goal", "optional", "calendar/drop")


def page(client: TestClient) -> str:
    """What the plan says."""
    answer = client.get("/plan")
    assert answer.status_code == 200
    return shown(answer.text).replace("&#39;", "'")


def click(client: TestClient, path: str, **data: str) -> int:
    status: int = client.post(f"/plan/{path}", data=data).status_code
    return status


def test_the_next_step_stands_first(ada: TestClient) -> None:
    make_plan(ada, hours_per_week="40")
    text = ada.get("/plan").text
    told = text[text.index('class="plan-next"') :]
    assert FIRST in shown(told).replace("&#39;", "'")[:120]
    assert told.index('href="/guide/first-endpoint"') < told.index('href="/challenges/first-')
    assert told.index('href="/challenges/first-endpoint"') < told.index("/learn/quiz")
    assert "0 of 11 steps solved" in page(ada)
    assert "9 more steps are coming" in page(ada)


def test_what_is_solved_is_done_and_the_next_one_moves_up(
    ada: TestClient, people: People, sessions: Sessions
) -> None:
    make_plan(ada)
    hand_in(sessions, people[ADA], **done())
    answer_quiz(sessions, people[ADA], "first-endpoint", 5, utc_now())
    told = page(ada)
    assert "1 of 11 steps solved" in told
    assert "quiz 5 of 5" in told
    text = ada.get("/plan").text
    next_one = text[text.index('id="next-title"') :]
    assert SECOND in shown(next_one).replace("&#39;", "'")[:60]


def test_lost_requirements_are_named_and_looked_at_again(
    ada: TestClient, people: People, sessions: Sessions
) -> None:
    make_plan(ada)
    row = hand_in(sessions, people[ADA], **done("failed"))
    lost = (row.result or {})["requirements"][0]["title"]
    told = page(ada)
    assert "Second look" in told
    assert f"Still to win: {lost}" in told


def test_what_was_due_is_said(ada: TestClient, people: People, sessions: Sessions) -> None:
    make_plan(ada)
    assert "On time" in page(ada)
    change(sessions, people[ADA], started_at=utc_now() - timedelta(weeks=1))
    told = page(ada)
    assert "behind; moved ahead below" in told
    assert "Was due" in told


def test_a_break_and_its_end(ada: TestClient, people: People, sessions: Sessions) -> None:
    make_plan(ada)
    assert click(ada, "pause") == click(ada, "pause") == 303
    told = page(ada)
    assert "Nothing is due" in told
    assert "Week by week" not in told
    began = utc_now() - timedelta(weeks=5)
    change(sessions, people[ADA], started_at=began, paused_at=began + timedelta(hours=1))
    assert click(ada, "resume") == click(ada, "resume") == 303
    row = plan_of(sessions, people[ADA])
    assert row is not None
    assert row.paused_at is None
    assert utc_now() - row.started_at < timedelta(hours=2)
    assert "On time" in page(ada)


def test_a_step_is_left_out_and_put_back(
    ada: TestClient, people: People, sessions: Sessions
) -> None:
    make_plan(ada)
    for _twice in range(2):
        assert click(ada, "skip", challenge="first-endpoint") == 303
    assert "0 of 10 steps solved" in page(ada)
    assert f"Put back : {FIRST}" in page(ada)
    for _twice in range(2):
        assert click(ada, "put-back", challenge="first-endpoint") == 303
    row = plan_of(sessions, people[ADA])
    assert row is not None
    assert row.skipped == []


@ON_SQLITE
@pytest.mark.parametrize("challenge", ["", "nothing", "fair-share", "\0", "x" * 5000])
def test_what_is_no_step_cannot_be_left_out(
    ada: TestClient, people: People, sessions: Sessions, challenge: str
) -> None:
    make_plan(ada)
    assert click(ada, "skip", challenge=challenge) == 404
    assert click(ada, "put-back", challenge=challenge) == 303
    row = plan_of(sessions, people[ADA])
    assert row is not None
    assert row.skipped == []


@ON_SQLITE
def test_a_plan_of_nothing_and_a_plan_that_is_done_say_so(
    ada: TestClient, people: People, sessions: Sessions
) -> None:
    make_plan(ada, track="senior")
    slugs = ["honest-errors", "injected", "request-journal", "lending-library", "catch-the-bugs"]
    for slug in slugs:
        click(ada, "skip", challenge=slug)
    assert "Every step is left out" in page(ada)
    for slug in slugs:
        click(ada, "put-back", challenge=slug)
        hand_in(sessions, people[ADA], challenge=slug, **done())
        answer_quiz(sessions, people[ADA], slug, 5, utc_now())
    assert "Every step is solved" in page(ada)


def tight(ada: TestClient) -> str:
    """A plan that does not fit; returns its page."""
    goal = (utc_now() + timedelta(days=9)).date().isoformat()
    make_plan(ada, hours_per_week="1", goal_date=goal)
    assert "It does not fit" in page(ada)
    text: str = ada.get("/plan").text
    return text


def test_one_click_takes_more_hours(ada: TestClient) -> None:
    text = tight(ada)
    hours = text.partition('name="hours_per_week" value="')[2].partition('"')[0]
    assert click(ada, "hours", hours_per_week=hours) == 303
    assert "It does not fit" not in page(ada)


def test_one_click_moves_the_goal(ada: TestClient) -> None:
    text = tight(ada)
    goal = text.partition('name="goal_date" value="')[2].partition('"')[0]
    assert click(ada, "goal", goal_date=goal) == 303
    assert "It does not fit" not in page(ada)


def test_one_click_drops_what_is_optional(
    ada: TestClient, people: People, sessions: Sessions
) -> None:
    tight(ada)
    assert click(ada, "optional") == click(ada, "optional") == 303
    row = plan_of(sessions, people[ADA])
    assert row is not None
    assert row.skipped == ["let-the-frontend-in"]
    assert "optional step" not in page(ada)


@ON_SQLITE
def test_a_goal_that_has_passed_is_said(
    ada: TestClient, people: People, sessions: Sessions
) -> None:
    make_plan(ada)
    change(sessions, people[ADA], goal_date=(utc_now() - timedelta(days=3)).date())
    told = page(ada)
    assert "Your goal date has passed, and 11 steps" in told
    assert "Move the goal to" in told
    assert "hours a week, any" in told
    assert "Take " not in told.partition("Week by week")[0].partition("Move the goal")[0]


@ON_SQLITE
@pytest.mark.parametrize(
    ("path", "sent"), [("hours", {"hours_per_week": "99"}), ("goal", {"goal_date": "0001-01-01"})]
)
def test_a_click_beyond_the_limits_is_refused(
    ada: TestClient, path: str, sent: dict[str, str]
) -> None:
    make_plan(ada)
    assert click(ada, path, **sent) == 422


def test_ending_asks_first_and_keeps_the_results(
    ada: TestClient, people: People, sessions: Sessions
) -> None:
    make_plan(ada)
    hand_in(sessions, people[ADA], **done())
    assert "End the plan?" in shown(ada.get("/plan/end").text)
    assert plan_of(sessions, people[ADA]) is not None
    assert click(ada, "end") == click(ada, "end") == 303
    assert "No plan yet" in page(ada)
    assert ada.get("/plan/end").headers["location"] == "/plan"
    assert "1 of 11 solved" in shown(ada.get("/tracks/backend").text)


@ON_SQLITE
@pytest.mark.parametrize("action", ACTIONS)
def test_without_a_plan_there_is_nothing_to_decide(ada: TestClient, action: str) -> None:
    assert click(ada, action, challenge="ticket-desk", hours_per_week="3") == 404


@ON_SQLITE
@pytest.mark.parametrize("action", [*ACTIONS, "end", "edit", "calendar"])
def test_every_decision_needs_a_login(visitor: TestClient, action: str) -> None:
    assert visitor.post(f"/plan/{action}").headers["location"].startswith("/sign-in")


@ON_SQLITE
def test_a_visitor_is_told_what_a_plan_is(visitor: TestClient) -> None:
    told = page(visitor)
    assert "No plan yet" in told
    assert "Answer four questions" in told
    assert visitor.get("/plan/end").headers["location"].startswith("/sign-in")


@ON_SQLITE
def test_nobody_sees_the_plan_of_others(ada: TestClient, mallory: TestClient) -> None:
    make_plan(ada)
    assert "No plan yet" in page(mallory)
    assert click(mallory, "pause") == 404
    assert "Paused" not in page(ada)


@ON_SQLITE
def test_an_unknown_word_in_the_address_says_nothing(ada: TestClient) -> None:
    make_plan(ada)
    assert "is-good" not in ada.get("/plan?done=<b>x").text


@ON_SQLITE
def test_every_button_of_the_page_leads_to_a_route(ada: TestClient) -> None:
    for form in forms_of("/plan", tight(ada)):
        assert form.method == "POST"
        assert ada.get(form.path).status_code in {200, 303, 405}, form.path


def test_it_is_in_ones_data_without_the_secret(ada: TestClient) -> None:
    make_plan(ada)
    ada.post("/plan/calendar", data={"seen": ""})
    (row,) = json.loads(ada.get("/account/data").text)["study_plans"]
    assert row["track"] == "backend"
    assert "feed_hash" not in row
