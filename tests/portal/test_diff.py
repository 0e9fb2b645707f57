"""What changed between two submissions, and taking one of them as the draft again."""

from __future__ import annotations

import re
import uuid
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session, sessionmaker

from portal.models import Person, Submission, utc_now
from tests.clients import TestClient, shown
from tests.people import ADA, MALLORY, Someone
from tests.portal.handed_in import SLUG, UNKNOWN, done, hand_in, package, rows_that
from tests.portal.test_room import ROOM, editor

Sessions = sessionmaker[Session]
People = dict[Someone, Person]
DIFF = f"{ROOM}/history/diff"


def half(green: set[int]) -> dict[str, Any]:
    """The columns of a submission in which these requirements passed."""
    passed, failed = rows_that("passed"), rows_that("failed", "no")
    rows = [passed[n] if n in green else failed[n] for n in range(len(passed))]
    return done("partial", requirements=rows)


@pytest.fixture
def pair(people: People, sessions: Sessions) -> list[Submission]:
    """Two submissions of Ada: one requirement turned green, another one red."""
    begun = utc_now() - timedelta(hours=1)
    return [
        hand_in(
            sessions,
            people[ADA],
            files={"main.py": code},
            submitted_at=begun + timedelta(minutes=place),
            **half(green),
        )
        for place, (code, green) in enumerate(
            [("a = 1\nold = 2\n", {0}), ("a = 1\nnew = 3\n", {1})]
        )
    ]


def turned(text: str, colour: str) -> list[str]:
    """The titles of the requirements that turned to this colour."""
    rows = re.findall(rf'class="turn is-{colour}">.*?</li>', text, re.DOTALL)
    return [shown(row) for row in rows]


def test_it_shows_the_code_and_what_turned(ada: TestClient, pair: list[Submission]) -> None:
    before, after = pair
    answer = ada.get(DIFF, params={"from": str(before.id), "to": str(after.id)})
    assert answer.status_code == 200
    assert "From #1 to #2" in shown(answer.text)
    assert re.search(r'class="is-removed".*?old = 2', answer.text)
    assert re.search(r'class="is-added".*?new = 3', answer.text)
    titles = [requirement.title for requirement in package().requirements]
    green, red = turned(answer.text, "green"), turned(answer.text, "red")
    assert (len(green), len(red)) == (1, 1)
    assert titles[1].split("`")[0].strip() in green[0]
    assert "Turned red" in red[0]


def test_the_last_two_are_compared_unless_others_are_wanted(
    ada: TestClient, pair: list[Submission]
) -> None:
    assert "From #1 to #2" in shown(ada.get(DIFF).text)
    turned_round = ada.get(DIFF, params={"from": str(pair[1].id), "to": str(pair[0].id)})
    assert "From #2 to #1" in shown(turned_round.text)


def test_one_alone_or_none_is_no_mistake(
    ada: TestClient, people: People, sessions: Sessions
) -> None:
    assert "Nothing to compare yet" in shown(ada.get(DIFF).text)
    row = hand_in(sessions, people[ADA])
    assert "Nothing to compare yet" in shown(ada.get(DIFF).text)
    assert "No difference" in shown(ada.get(DIFF, params={"from": str(row.id)}).text)


def test_the_list_leads_to_it(ada: TestClient, pair: list[Submission]) -> None:
    text = ada.get(f"{ROOM}/history").text
    found = re.findall(r'href="([^"]+diff[^"]+)"', text)
    assert found == [f"{DIFF}?from={pair[0].id}&amp;to={pair[1].id}"]


def test_what_is_not_mine_not_there_or_elsewhere_is_the_same_as_nothing(
    ada: TestClient, people: People, sessions: Sessions, pair: list[Submission]
) -> None:
    theirs = hand_in(sessions, people[MALLORY], files={"main.py": "secret_of_mallory = 1\n"})
    elsewhere = hand_in(sessions, people[ADA], challenge="ticket-desk")
    for wanted in (theirs.id, UNKNOWN, elsewhere.id):
        for side in ("from", "to"):
            answer = ada.get(DIFF, params={side: str(wanted)})
            assert answer.status_code == 404
            assert "secret_of_mallory" not in answer.text
    assert ada.get(DIFF, params={"from": "x"}).status_code == 422


def test_code_cannot_break_out_of_the_page(
    ada: TestClient, people: People, sessions: Sessions
) -> None:
    hostile = "</td></table><script>alert(1)</script>\n"
    before = hand_in(sessions, people[ADA], files={"main.py": hostile})
    after = hand_in(sessions, people[ADA], files={"main.py": "x\n"})
    text = ada.get(DIFF, params={"from": str(before.id), "to": str(after.id)}).text
    assert "<script>alert" not in text


def test_restoring_makes_a_new_version_of_the_draft(
    ada: TestClient, people: People, pair: list[Submission]
) -> None:
    sent = {"person": str(people[ADA].id), "files": {"main.py": "typed"}, "based_on": 0}
    ada.put(f"{ROOM}/draft", json=sent | {"writer": "w:1", "step": 1})
    for _ in range(2):
        answer = ada.post(f"/submissions/{pair[0].id}/restore")
        assert (answer.status_code, answer.headers["location"]) == (303, ROOM)
        assert editor(ada.get(ROOM).text)["files"] == pair[0].files
    versions = shown(ada.get(f"{ROOM}/draft/versions").text)
    assert "Taken from a submission" in versions
    assert "typed" in ada.get(f"{ROOM}/draft/versions/1").text


def test_nobody_restores_what_is_not_theirs(
    mallory: TestClient, visitor: TestClient, pair: list[Submission]
) -> None:
    assert mallory.post(f"/submissions/{pair[0].id}/restore").status_code == 404
    assert mallory.post(f"/submissions/{uuid.uuid4()}/restore").status_code == 404
    assert visitor.post(f"/submissions/{pair[0].id}/restore").status_code == 303
    assert mallory.get(f"/challenges/{SLUG}/draft").json() == {"version": 0}


def test_it_needs_a_person_and_a_challenge(visitor: TestClient, ada: TestClient) -> None:
    assert visitor.get(DIFF).status_code == 303
    assert ada.get("/challenges/nowhere/history/diff").status_code == 404
