"""The room: statement, editor and results of one challenge."""

from __future__ import annotations

import html
import json
import re
from typing import Any

import pytest
from sqlalchemy.orm import Session, sessionmaker

from portal.models import Person
from tests.clients import TestClient, shown
from tests.people import ADA, MALLORY, Someone
from tests.portal.handed_in import SLUG, UNKNOWN, done, hand_in, package

Sessions = sessionmaker[Session]
People = dict[Someone, Person]
ROOM = f"/challenges/{SLUG}"
HOSTILE = "</script><script>alert(1)</script></textarea><img src=x onerror=alert(2)>"


def editor(text: str) -> dict[str, Any]:
    """The files that the page gives to the editor."""
    found = re.search(r'<script type="application/json"[^>]*>(.*?)</script>', text, re.DOTALL)
    assert found is not None
    given: dict[str, Any] = json.loads(found[1])
    return given


def source(text: str) -> str:
    """What a browser without script would show in the text area."""
    found = re.search(r"<textarea[^>]*>\n(.*?)</textarea>", text, re.DOTALL)
    assert found is not None
    return html.unescape(found[1])


def test_a_visitor_may_read_it_and_is_asked_to_sign_in_to_submit(visitor: TestClient) -> None:
    answer = visitor.get(ROOM)
    assert answer.status_code == 200
    text = shown(answer.text)
    for requirement in package().requirements:
        assert requirement.title in html.unescape(text)
    assert "Sign in to submit" in text
    assert "submit-form" not in answer.text.replace('form="submit-form"', "")
    assert editor(answer.text)["files"] == dict(package().starter)


def test_files_that_are_given_can_be_read_beside_ones_own(visitor: TestClient) -> None:
    answer = visitor.get("/challenges/request-journal")
    files = editor(answer.text)
    assert "canal.py" in files["given"]
    assert files["files"].keys() == {"main.py"}
    assert "Beside it lie" in shown(answer.text)


def test_the_way_to_sign_in_comes_back_here(visitor: TestClient) -> None:
    assert 'href="/sign-in?next=/challenges/first-endpoint"' in visitor.get(ROOM).text


def test_it_names_points_and_limits(ada: TestClient) -> None:
    text = shown(ada.get(ROOM).text)
    version = f"Version {package().description.version}"
    for words in ("20 points", "15 points", "Start-up 5 s", "Memory 256 MB", version):
        assert words in text


def test_somebody_new_begins_with_the_starter(ada: TestClient) -> None:
    answer = ada.get(ROOM)
    given = editor(answer.text)
    assert given["files"] == given["starter"] == dict(package().starter)
    assert given["examples"] == dict(package().public)
    assert source(answer.text) == package().starter["main.py"]
    assert "Nothing tried yet" in shown(answer.text)


def test_somebody_who_was_here_finds_their_last_code_and_result(
    ada: TestClient, people: People, sessions: Sessions
) -> None:
    hand_in(sessions, people[ADA], files={"main.py": "first = 1\n"})
    last = hand_in(
        sessions,
        people[ADA],
        files={"main.py": "second = 2\n", "depot/times.py": "third = 3\n"},
        **done("partial") | {"score": 85},
    )
    answer = ada.get(ROOM)
    assert editor(answer.text)["files"] == last.files
    assert editor(answer.text)["starter"] == dict(package().starter)
    assert source(answer.text) == "second = 2\n"
    assert f'data-id="{last.id}"' in answer.text
    assert "85/100" in shown(answer.text).replace(" ", "")


def test_nobody_finds_the_code_of_somebody_else(
    ada: TestClient, people: People, sessions: Sessions
) -> None:
    theirs = hand_in(sessions, people[MALLORY], files={"main.py": "secret_of_mallory = 1\n"})
    answer = ada.get(ROOM)
    assert "secret_of_mallory" not in answer.text
    assert str(theirs.id) not in answer.text


def test_an_earlier_submission_can_be_opened_again(
    ada: TestClient, people: People, sessions: Sessions
) -> None:
    earlier = hand_in(sessions, people[ADA], files={"main.py": "earlier = 1\n"}, **done("failed"))
    hand_in(sessions, people[ADA], files={"main.py": "later = 2\n"})
    answer = ada.get(ROOM, params={"from": str(earlier.id)})
    assert editor(answer.text)["files"] == earlier.files
    assert f'data-id="{earlier.id}"' in answer.text


def test_opening_what_is_not_mine_not_there_or_elsewhere_is_the_same_as_nothing(
    ada: TestClient, visitor: TestClient, people: People, sessions: Sessions
) -> None:
    theirs = hand_in(sessions, people[MALLORY])
    elsewhere = hand_in(sessions, people[ADA], challenge="ticket-desk")
    for wanted in (theirs.id, UNKNOWN, elsewhere.id):
        answer = ada.get(ROOM, params={"from": str(wanted)})
        assert answer.status_code == 404
        assert str(wanted) not in answer.text


def test_an_id_that_is_none_is_refused(ada: TestClient) -> None:
    assert ada.get(ROOM, params={"from": "1 OR 1=1"}).status_code == 422


def test_code_cannot_break_out_of_the_page(
    ada: TestClient, people: People, sessions: Sessions
) -> None:
    hand_in(sessions, people[ADA], files={"main.py": HOSTILE, f"{'x' * 30}.py": HOSTILE})
    answer = ada.get(ROOM)
    assert HOSTILE not in answer.text
    assert "<img" not in answer.text
    assert editor(answer.text)["files"]["main.py"] == HOSTILE
    assert source(answer.text) == HOSTILE


def test_code_comes_back_to_the_letter(ada: TestClient, people: People, sessions: Sessions) -> None:
    code = "\n\n# “Grüße” \U0001f600 & <b> {{ 7 * 7 }}\n\tx = '\u2028'\n\n"
    hand_in(sessions, people[ADA], files={"main.py": code})
    answer = ada.get(ROOM)
    assert editor(answer.text)["files"]["main.py"] == code
    assert source(answer.text) == code


@pytest.mark.parametrize(
    "slug", ["no-such-thing", "%2e%2e", "first_endpoint", "FIRST-ENDPOINT", "%00"]
)
def test_a_challenge_that_is_not_there(ada: TestClient, slug: str) -> None:
    assert ada.get(f"/challenges/{slug}").status_code == 404


def test_reading_it_twice_changes_nothing(ada: TestClient) -> None:
    first, second = (shown(ada.get(ROOM).text) for _ in range(2))
    assert first == second


def test_a_wrong_method_is_named_as_such(ada: TestClient) -> None:
    answer = ada.post(ROOM)
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET")
