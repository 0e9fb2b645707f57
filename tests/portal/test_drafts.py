"""Drafts on the server: what somebody types is saved, and no page hides what another one typed."""

from __future__ import annotations

import threading
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy.orm import Session, sessionmaker

from portal.database import reading
from portal.models import Draft, Person
from tests.clients import TestClient, browser, shown
from tests.people import ADA, MALLORY, Someone
from tests.portal.handed_in import FILES, SLUG, hand_in, package
from tests.portal.test_room import ROOM, editor

Sessions = sessionmaker[Session]
People = dict[Someone, Person]
DRAFT = f"{ROOM}/draft"


class Tab:
    """An open page that saves, as the room's script does."""

    def __init__(self, client: TestClient, person: Person, name: str, based_on: int = 0) -> None:
        self.client = client
        self.person = person
        self.name = name
        self.based_on = based_on
        self.step = 0

    def save(self, text: str, **changes: Any) -> httpx.Response:
        self.step += 1
        sent = {
            "person": str(self.person.id),
            "files": {"main.py": text},
            "based_on": self.based_on,
            "writer": self.name,
            "step": self.step,
        }
        answer: httpx.Response = self.client.put(DRAFT, json=sent | changes)
        if answer.status_code == 200:
            self.based_on = answer.json()["version"]
        return answer


@pytest.fixture
def tab(ada: TestClient, people: People) -> Tab:
    return Tab(ada, people[ADA], "here:1")


@pytest.fixture
def other(ada: TestClient, people: People) -> Tab:
    return Tab(ada, people[ADA], "there:2")


def text_of(client: TestClient) -> str:
    """What the room opens with."""
    text: str = editor(client.get(ROOM).text)["files"]["main.py"]
    return text


def test_what_is_typed_is_there_on_another_device(tab: Tab, app: FastAPI, people: People) -> None:
    answer = tab.save("half = (")
    assert answer.status_code == 200
    assert answer.json()["version"] == 1
    phone = browser(app, people[ADA])
    given = editor(phone.get(ROOM).text)
    assert given["files"] == {"main.py": "half = ("}
    assert given["opened"]["version"] == 1
    assert phone.get(DRAFT).json()["files"] == {"main.py": "half = ("}


def test_each_save_is_a_version_and_the_same_text_is_none(tab: Tab) -> None:
    assert [tab.save(text).json()["version"] for text in ("a", "b", "b", "c")] == [1, 2, 2, 3]


def test_a_save_that_does_not_know_what_another_page_typed_is_told_so(
    tab: Tab, other: Tab, ada: TestClient
) -> None:
    tab.save("first")
    answer = other.save("second")
    assert answer.status_code == 409
    told = answer.json()
    assert (told["version"], told["writer"], told["files"]) == (1, "here:1", {"main.py": "first"})
    assert told["saved_at"]
    assert text_of(ada) == "first"


def test_a_page_that_read_the_other_one_may_go_on(tab: Tab, other: Tab, ada: TestClient) -> None:
    tab.save("first")
    other.based_on = 1
    assert other.save("second").json()["version"] == 2
    assert tab.save("third").status_code == 409
    assert text_of(ada) == "second"


def test_a_page_whose_answer_got_lost_has_no_conflict_with_itself(tab: Tab) -> None:
    tab.save("first")
    tab.based_on = 0
    assert tab.save("second").json()["version"] == 2


def test_an_early_save_that_arrives_late_changes_nothing(tab: Tab, ada: TestClient) -> None:
    tab.save("new", step=9)
    assert tab.save("old", step=8).json()["version"] == 1
    assert text_of(ada) == "new"


def test_the_same_text_from_another_page_is_no_conflict(tab: Tab, other: Tab) -> None:
    tab.save("same")
    assert other.save("same").json()["version"] == 1


def test_a_page_is_in_time_when_the_draft_came_back_to_what_it_shows(tab: Tab, other: Tab) -> None:
    tab.save("first")
    other.based_on = 1
    other.save("second")
    other.save("first")
    assert tab.save("third").status_code == 200


def test_what_is_set_aside_is_kept_and_the_draft_stays(tab: Tab, other: Tab) -> None:
    tab.save("theirs")
    number = other.save("mine", aside=True).json()["version"]
    assert number == 2
    assert text_of(tab.client) == "theirs"
    assert "mine" in tab.client.get(f"{DRAFT}/versions/2").text
    assert tab.save("theirs, longer").json()["version"] == 3


def test_two_saves_at_once_are_one_and_a_conflict(
    app: FastAPI, people: People, sessions: Sessions
) -> None:
    answers: list[int] = []
    tabs = [Tab(browser(app, people[ADA]), people[ADA], f"tab:{n}") for n in range(4)]
    threads = [
        threading.Thread(target=lambda t=each: answers.append(t.save(t.name).status_code))
        for each in tabs
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [200, 409, 409, 409]


def test_the_draft_comes_before_the_last_submission(
    tab: Tab, people: People, sessions: Sessions
) -> None:
    row = hand_in(sessions, people[ADA], files={"main.py": "handed_in = 1\n"})
    tab.save("typed_later = 2\n")
    assert text_of(tab.client) == "typed_later = 2\n"
    asked = editor(tab.client.get(ROOM, params={"from": str(row.id)}).text)
    assert asked["files"] == row.files
    assert asked["draft"] == {"main.py": "typed_later = 2\n"}


def test_everybody_has_a_draft_of_their_own(tab: Tab, mallory: TestClient, people: People) -> None:
    tab.save("secret_of_ada = 1")
    assert mallory.get(DRAFT).json() == {"version": 0}
    assert "secret_of_ada" not in mallory.get(ROOM).text
    assert Tab(mallory, people[MALLORY], "m:1").save("mine").json()["version"] == 1
    assert text_of(tab.client) == "secret_of_ada = 1"


def test_a_page_of_somebody_else_does_not_save_over_mine(
    mallory: TestClient, people: People
) -> None:
    """Ada's page is still open when Mallory signs in with the same browser."""
    answer = Tab(mallory, people[ADA], "x:1").save("text of Ada")
    assert answer.status_code == 403
    assert "Somebody else is signed in" in shown(answer.text)
    assert mallory.get(DRAFT).json() == {"version": 0}


def test_every_challenge_has_a_draft_of_its_own(tab: Tab) -> None:
    tab.save("here")
    assert tab.client.get("/challenges/ticket-desk/draft").json() == {"version": 0}


def test_it_needs_a_person_and_a_challenge(visitor: TestClient, tab: Tab) -> None:
    assert visitor.put(DRAFT, json={}).status_code in {303, 422}
    assert visitor.get(DRAFT).status_code == 303
    assert tab.client.get("/challenges/nowhere/draft").status_code == 404


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ({}, "there is no file in it"),
        ({"main.py": "x" * 200_001}, "longer than 200000 bytes"),
        ({f"m{n}.py": "" for n in range(51)}, "51 files; the limit is 50"),
        ({f"m{n}.py": "x" * 150_000 for n in range(4)}, "600000 bytes together"),
        ({"../main.py": ""}, "not allowed"),
        ({"main.py": "a\0b"}, "NUL"),
        ({"main.py": "", "MAIN.py": ""}, "upper and lower case"),
    ],
)
def test_limits_are_those_of_a_submission_and_nothing_is_lost(
    tab: Tab, files: dict[str, str], words: str
) -> None:
    tab.save("kept")
    answer = tab.save("", files=files)
    assert answer.status_code == 422
    assert words in shown(answer.text)
    assert text_of(tab.client) == "kept"


@pytest.mark.parametrize("text", ["", "def (", "\n\n", '"""', "“Grüße” \U0001f600 \u2028"])
def test_a_draft_may_be_half_written_and_comes_back_to_the_letter(tab: Tab, text: str) -> None:
    assert tab.save(text).status_code == 200
    assert tab.client.get(DRAFT).json()["files"] == {"main.py": text}


@pytest.mark.parametrize(
    "wrong",
    [
        {"files": {"main.py": 7}},
        {"files": ["main.py"]},
        {"based_on": -1},
        {"based_on": "1"},
        {"based_on": 2**40},
        {"step": 2**63},
        {"writer": ""},
        {"writer": "x" * 81},
        {"person": "x" * 41},
        {"more": 1},
    ],
)
def test_what_is_no_draft_is_refused(tab: Tab, wrong: dict[str, Any]) -> None:
    assert tab.save("x", **wrong).status_code == 422
    assert tab.client.get(DRAFT).json() == {"version": 0}


def test_what_is_no_json_is_refused(ada: TestClient) -> None:
    for content in (b"", b"{", b"[" * 100_000, b'{"files": {"main.py": "\\ud800"}}'):
        answer = ada.put(DRAFT, content=content, headers={"Content-Type": "application/json"})
        assert answer.status_code in {400, 422}


def test_it_goes_when_its_person_goes(tab: Tab, people: People, sessions: Sessions) -> None:
    tab.save("a")
    with sessions.begin() as session:
        session.delete(session.get_one(Person, people[ADA].id))
    with reading(sessions) as session:
        assert session.get(Draft, (people[ADA].id, SLUG)) is None


def test_the_starter_is_no_draft(ada: TestClient) -> None:
    assert editor(ada.get(ROOM).text)["opened"]["version"] == 0
    assert ada.get(DRAFT).json() == {"version": 0}
    assert dict(package().starter) != FILES
