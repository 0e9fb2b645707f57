"""The page of one submission: its result and its code."""

from __future__ import annotations

from html import unescape

import pytest
from sqlalchemy.orm import Session, sessionmaker

from graders.verdict import Verdict
from portal.models import Kind, Person
from tests.clients import TestClient, shown
from tests.databases import ON_SQLITE
from tests.people import ADA, GRACE, LINUS, MALLORY, Someone
from tests.portal.handed_in import SLUG, UNKNOWN, done, hand_in, running

pytestmark = ON_SQLITE

Sessions = sessionmaker[Session]
People = dict[Someone, Person]


def test_it_shows_result_and_code(ada: TestClient, people: People, sessions: Sessions) -> None:
    files = {"main.py": "import depot  # <here>\n", "depot.py": "x = 1\n"}
    mine = hand_in(sessions, people[ADA], files=files, **done("passed"))
    answer = ada.get(f"/submissions/{mine.id}")
    assert answer.status_code == 200
    text = unescape(shown(answer.text))
    assert "Submission #1" in text
    assert "import depot # <here>" in text
    assert "depot.py x = 1" in text
    assert "All requirements passed" in text
    assert f'href="/challenges/{SLUG}?from={mine.id}"' in answer.text


def test_submissions_and_runs_are_counted_apart(
    ada: TestClient, people: People, sessions: Sessions
) -> None:
    hand_in(sessions, people[ADA])
    hand_in(sessions, people[MALLORY])
    second = hand_in(sessions, people[ADA])
    run = hand_in(sessions, people[ADA], kind=Kind.RUN)
    assert "Submission #2" in shown(ada.get(f"/submissions/{second.id}").text)
    assert "Run #1" in shown(ada.get(f"/submissions/{run.id}").text)


@pytest.mark.parametrize("verdict", list(Verdict))
def test_every_verdict_has_a_page(
    ada: TestClient, people: People, sessions: Sessions, verdict: Verdict
) -> None:
    mine = hand_in(sessions, people[ADA], **done(verdict.value))
    assert ada.get(f"/submissions/{mine.id}").status_code == 200


def test_one_under_way_goes_on_by_itself(
    ada: TestClient, people: People, sessions: Sessions
) -> None:
    mine = hand_in(sessions, people[ADA], **running("examining"))
    text = ada.get(f"/submissions/{mine.id}").text
    assert f'hx-get="/submissions/{mine.id}/status"' in text
    assert f'hx-sse:connect="/submissions/{mine.id}/events"' in text


@pytest.mark.parametrize("someone", [GRACE, LINUS, MALLORY])
def test_what_is_not_mine_is_not_there_whoever_i_am(
    request: pytest.FixtureRequest, people: People, sessions: Sessions, someone: Someone
) -> None:
    client: TestClient = request.getfixturevalue(someone.name.lower())
    theirs = hand_in(sessions, people[ADA], files={"main.py": "secret_of_ada = 1\n"})
    answers = [client.get(f"/submissions/{wanted}") for wanted in (theirs.id, UNKNOWN, "x")]
    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert len({shown(answer.text) for answer in answers}) == 1


def test_it_needs_a_person_and_comes_back(
    visitor: TestClient, people: People, sessions: Sessions
) -> None:
    mine = hand_in(sessions, people[ADA])
    answer = visitor.get(f"/submissions/{mine.id}")
    assert answer.status_code == 303
    assert answer.headers["location"] == f"/sign-in?next=%2Fsubmissions%2F{mine.id}"


def test_reading_it_twice_changes_nothing(
    ada: TestClient, people: People, sessions: Sessions
) -> None:
    mine = hand_in(sessions, people[ADA], **done("partial"))
    first, second = (shown(ada.get(f"/submissions/{mine.id}").text) for _ in range(2))
    assert first == second


def test_a_wrong_method_is_named_as_such(
    ada: TestClient, people: People, sessions: Sessions
) -> None:
    mine = hand_in(sessions, people[ADA])
    for method in ("POST", "PUT", "DELETE"):
        answer = ada.request(method, f"/submissions/{mine.id}")
        assert (answer.status_code, answer.headers["allow"]) == (405, "GET")
