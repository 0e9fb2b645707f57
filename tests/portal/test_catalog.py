"""The list of challenges."""

from __future__ import annotations

import re

from sqlalchemy.orm import Session, sessionmaker

from graders.package import folders
from portal.models import Kind, Person
from portal.settings import CHECKOUT
from tests.clients import TestClient, shown
from tests.people import ADA, MALLORY, Someone
from tests.portal.handed_in import done, hand_in, package

Sessions = sessionmaker[Session]
People = dict[Someone, Person]
CHALLENGES = folders(CHECKOUT / "challenges")


def card(client: TestClient) -> str:
    """The text of the card of our challenge."""
    title = re.escape(package().description.title).replace("'", "&#39;")
    cards = re.findall(r"<article.*?</article>", client.get("/challenges").text, re.DOTALL)
    (found,) = [each for each in cards if re.search(title, each)]
    return shown(found)


def test_a_visitor_may_read_it(visitor: TestClient) -> None:
    answer = visitor.get("/challenges")
    assert answer.status_code == 200
    assert 'href="/challenges/first-endpoint"' in answer.text
    assert 'href="/challenges/ticket-desk"' in answer.text
    assert "15 min" in card(visitor)
    assert "6 requirements" in card(visitor)
    assert "solved" not in shown(answer.text).lower()


def test_the_front_door_leads_to_it(visitor: TestClient) -> None:
    answer = visitor.get("/")
    assert (answer.status_code, answer.headers["location"]) == (307, "/challenges")


def test_a_challenge_nobody_tried_is_new(ada: TestClient) -> None:
    assert "Tried" not in card(ada)
    assert "Solved" not in card(ada)
    assert f"0 of {len(CHALLENGES)} solved" in shown(ada.get("/challenges").text)


def test_a_challenge_is_tried_before_there_is_a_score(
    ada: TestClient, people: People, sessions: Sessions
) -> None:
    hand_in(sessions, people[ADA])
    assert "Tried" in card(ada)
    assert "best" not in card(ada)


def test_a_challenge_with_some_points_shows_the_best_score(
    ada: TestClient, people: People, sessions: Sessions
) -> None:
    hand_in(sessions, people[ADA], **done("partial") | {"score": 85})
    hand_in(sessions, people[ADA], **done("partial") | {"score": 20})
    assert "Tried, best 85/100" in card(ada)


def test_a_challenge_with_all_points_stays_solved(
    ada: TestClient, people: People, sessions: Sessions
) -> None:
    hand_in(sessions, people[ADA], **done("passed"))
    hand_in(sessions, people[ADA], **done("failed"))
    assert "Solved" in card(ada)
    assert f"1 of {len(CHALLENGES)} solved" in shown(ada.get("/challenges").text)


def test_a_run_solves_nothing(ada: TestClient, people: People, sessions: Sessions) -> None:
    hand_in(sessions, people[ADA], **done("passed") | {"kind": Kind.RUN})
    assert "Solved" not in card(ada)
    assert "Tried" not in card(ada)


def test_what_others_solved_is_new_to_me(
    ada: TestClient, people: People, sessions: Sessions
) -> None:
    hand_in(sessions, people[MALLORY], **done("passed"))
    assert "Solved" not in card(ada)


def test_reading_it_twice_changes_nothing(ada: TestClient) -> None:
    assert card(ada) == card(ada)


def test_a_wrong_method_is_named_as_such(ada: TestClient) -> None:
    answer = ada.post("/challenges")
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET")
