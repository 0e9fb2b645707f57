"""The list of somebody's submissions for a challenge."""

from __future__ import annotations

import re
from datetime import timedelta

from sqlalchemy.orm import Session, sessionmaker

from portal.models import Kind, Person, utc_now
from tests.clients import TestClient, shown
from tests.people import ADA, MALLORY, Someone
from tests.portal.handed_in import SLUG, done, hand_in

Sessions = sessionmaker[Session]
People = dict[Someone, Person]
HISTORY = f"/challenges/{SLUG}/history"


def test_it_is_a_partial_and_at_first_empty(ada: TestClient) -> None:
    answer = ada.get(HISTORY)
    assert answer.status_code == 200
    assert '<div id="submission-history">' in answer.text
    assert "<html" not in answer.text
    assert "No submissions yet" in shown(answer.text)


def test_the_newest_is_first_and_each_keeps_its_number(
    ada: TestClient, people: People, sessions: Sessions
) -> None:
    begun = utc_now() - timedelta(hours=1)
    made = [
        hand_in(sessions, people[ADA], submitted_at=begun + timedelta(minutes=place), **columns)
        for place, columns in enumerate([done("failed"), done("passed"), {}])
    ]
    text = ada.get(HISTORY).text
    assert re.findall(r'href="/submissions/([^"]+)"', text) == [str(row.id) for row in made[::-1]]
    lines = [shown(line) for line in re.findall(r"<li.*?</li>", text, re.DOTALL)]
    assert [line.split()[0] for line in lines] == ["#3", "#2", "#1"]
    for line, word in zip(lines, ["Under way", "Passed", "Failed"], strict=True):
        assert word in line
    assert "100 /100" in lines[1]


def test_only_my_own_submissions_of_this_challenge_are_there(
    ada: TestClient, people: People, sessions: Sessions
) -> None:
    hand_in(sessions, people[MALLORY])
    hand_in(sessions, people[ADA], challenge="ticket-desk")
    hand_in(sessions, people[ADA], kind=Kind.RUN)
    assert "No submissions yet" in shown(ada.get(HISTORY).text)


def test_a_long_history_ends_and_keeps_counting(
    ada: TestClient, people: People, sessions: Sessions
) -> None:
    begun = utc_now() - timedelta(hours=1)
    for place in range(52):
        hand_in(sessions, people[ADA], submitted_at=begun + timedelta(seconds=place))
    text = shown(ada.get(HISTORY).text)
    assert text.count("#") == 50
    assert text.startswith("#52")


def test_it_needs_a_person(visitor: TestClient) -> None:
    answer = visitor.get(HISTORY)
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/sign-in?next=")


def test_a_challenge_that_is_not_there_has_none(ada: TestClient) -> None:
    assert ada.get("/challenges/nowhere/history").status_code == 404


def test_reading_it_twice_changes_nothing(
    ada: TestClient, people: People, sessions: Sessions
) -> None:
    hand_in(sessions, people[ADA], **done())
    first, second = (shown(ada.get(HISTORY).text) for _ in range(2))
    assert first == second


def test_a_wrong_method_is_named_as_such(ada: TestClient) -> None:
    answer = ada.post(HISTORY)
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET")
