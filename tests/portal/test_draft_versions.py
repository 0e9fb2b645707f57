"""The versions of a draft: listed, looked at, taken again, and thinned out within limits."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.orm import Session, sessionmaker

from portal.drafts import service, thinning
from portal.drafts.service import Writer
from portal.drafts.thinning import Kept, superfluous
from portal.models import Person, utc_now
from tests.clients import TestClient, shown
from tests.people import ADA, MALLORY, Someone
from tests.portal.handed_in import SLUG, package
from tests.portal.test_room import ROOM, editor

Sessions = sessionmaker[Session]
People = dict[Someone, Person]
VERSIONS = f"{ROOM}/draft/versions"
NOON = datetime(2026, 1, 2, 12, tzinfo=UTC)


def type_in(sessions: Sessions, person: Person, *texts: str) -> None:
    """Save each text as the next version, one second after the other."""
    for step, text in enumerate(texts):
        with sessions.begin() as session:
            at = utc_now() + timedelta(seconds=step)
            files = {"main.py": text}
            service.save(session, person.id, SLUG, files, step, Writer("w:1", step + 1), at)


def numbers(client: TestClient) -> list[int]:
    """The numbers on the list."""
    found = re.findall(rf'href="{VERSIONS}/(\d+)"', client.get(VERSIONS).text)
    return [int(number) for number in found]


def draft_of(client: TestClient) -> dict[str, str]:
    """What the room opens with."""
    files: dict[str, str] = editor(client.get(ROOM).text)["files"]
    return files


def test_at_first_there_are_none(ada: TestClient) -> None:
    answer = ada.get(VERSIONS)
    assert '<div id="draft-versions">' in answer.text
    assert "No versions yet" in shown(answer.text)
    assert thinning.KEPT_IN_WORDS in shown(answer.text)


def test_the_newest_is_first_with_the_lines_that_changed(
    ada: TestClient, people: People, sessions: Sessions
) -> None:
    type_in(sessions, people[ADA], "a\nb\n", "a\nb\nc\nd\n", "a\n")
    assert numbers(ada) == [3, 2, 1]
    rows = re.findall(r'<li class="version-row">.*?</li>', ada.get(VERSIONS).text, re.DOTALL)
    told = [shown(row) for row in rows]
    assert "+0 lines added" in told[0]
    assert "3 lines removed" in told[0]
    assert "Now" in told[0]
    assert "+2 lines added" in told[1]
    assert "Take this one" in told[1]


def test_looking_at_one_shows_its_code_and_what_came_after(
    ada: TestClient, people: People, sessions: Sessions
) -> None:
    type_in(sessions, people[ADA], "early = 1\n", "late = 2\n")
    text = ada.get(f"{VERSIONS}/1").text
    assert "Version 1 of your draft" in shown(text)
    assert re.search(r'class="is-removed".*?early = 1', text)
    assert re.search(r'class="is-added".*?late = 2', text)
    assert "This is your draft now" in shown(ada.get(f"{VERSIONS}/2").text)


def test_taking_one_makes_a_new_version_and_overwrites_nothing(
    ada: TestClient, people: People, sessions: Sessions
) -> None:
    type_in(sessions, people[ADA], "early = 1\n", "late = 2\n")
    answer = ada.post(f"{VERSIONS}/1/take")
    assert (answer.status_code, answer.headers["location"]) == (303, ROOM)
    assert draft_of(ada) == {"main.py": "early = 1\n"}
    assert numbers(ada) == [3, 2, 1]
    assert "Taken from an earlier version" in shown(ada.get(VERSIONS).text)


def test_taking_twice_is_harmless(ada: TestClient, people: People, sessions: Sessions) -> None:
    type_in(sessions, people[ADA], "early = 1\n", "late = 2\n")
    for _ in range(2):
        assert ada.post(f"{VERSIONS}/1/take").status_code == 303
    assert draft_of(ada) == {"main.py": "early = 1\n"}


def test_an_open_page_is_told_when_a_version_was_taken(
    ada: TestClient, people: People, sessions: Sessions
) -> None:
    type_in(sessions, people[ADA], "early = 1\n", "late = 2\n")
    ada.post(f"{VERSIONS}/1/take")
    sent = {"person": str(people[ADA].id), "files": {"main.py": "x"}, "writer": "w:1", "step": 9}
    assert ada.put(f"{ROOM}/draft", json=sent | {"based_on": 2}).status_code == 409


def test_one_can_begin_again_with_the_starter(
    ada: TestClient, people: People, sessions: Sessions
) -> None:
    type_in(sessions, people[ADA], "mine = 1\n")
    assert ada.post(f"{ROOM}/draft/starter").headers["location"] == ROOM
    assert draft_of(ada) == dict(package().starter)
    assert numbers(ada) == [2, 1]


@pytest.mark.parametrize("number", ["7", "0", "-1", "x", "99999999999999999999"])
def test_a_version_that_is_not_there(
    ada: TestClient, people: People, sessions: Sessions, number: str
) -> None:
    type_in(sessions, people[ADA], "mine = 1\n")
    assert ada.get(f"{VERSIONS}/{number}").status_code == 404
    assert ada.post(f"{VERSIONS}/{number}/take").status_code == 404


def test_versions_of_somebody_else_are_not_there(
    ada: TestClient, mallory: TestClient, people: People, sessions: Sessions
) -> None:
    type_in(sessions, people[ADA], "secret_of_ada = 1\n")
    assert mallory.get(f"{VERSIONS}/1").status_code == 404
    assert mallory.post(f"{VERSIONS}/1/take").status_code == 404
    type_in(sessions, people[MALLORY], "mine = 1\n")
    assert "secret_of_ada" not in mallory.get(f"{VERSIONS}/1").text


def test_code_cannot_break_out_of_the_page(
    ada: TestClient, people: People, sessions: Sessions
) -> None:
    hostile = "</td></table><script>alert(1)</script>"
    type_in(sessions, people[ADA], hostile, "x")
    text = ada.get(f"{VERSIONS}/1").text
    assert hostile not in text
    assert "<script>alert" not in text


def test_the_list_needs_a_person(visitor: TestClient) -> None:
    assert visitor.get(VERSIONS).status_code == 303
    assert visitor.post(f"{ROOM}/draft/starter").status_code == 303


def kept(count: int, seconds: int, size: int = 10, *, typed: bool = True) -> list[Kept]:
    """Versions, the newest first, one every so many seconds."""
    at = [NOON + timedelta(seconds=seconds * number) for number in range(1, count + 1)]
    rows = [Kept(number, moment, size, typed) for number, moment in enumerate(at, start=1)]
    return rows[::-1]


def test_all_recent_versions_stay() -> None:
    assert superfluous(kept(50, 1), head=50) == []


def test_of_older_ones_the_last_of_every_ten_minutes_stays() -> None:
    gone = superfluous(kept(50 + 1200, 1), head=1250)
    left = set(range(1, 1251)) - set(gone)
    assert left == {599, 1199, *range(1201, 1251)}


def test_what_was_set_aside_outlasts_what_was_typed() -> None:
    rows = kept(100, 1)
    rows[-1] = rows[-1]._replace(typed=False)
    assert 1 not in superfluous(rows, head=100)
    assert 2 in superfluous(rows, head=100)


def test_there_is_an_end_to_how_many_and_how_large() -> None:
    many = kept(400, 600)
    assert len(many) - len(superfluous(many, head=400)) == thinning.VERSIONS_KEPT
    large = kept(40, 1, size=500_000)
    assert len(large) - len(superfluous(large, head=40)) == 8


def test_the_draft_of_now_always_stays() -> None:
    assert 1 not in superfluous(kept(400, 600), head=1)
    assert superfluous(kept(1, 1, size=thinning.BYTES_KEPT + 1), head=1) == []


def test_saving_thins_out(people: People, sessions: Sessions, ada: TestClient) -> None:
    type_in(sessions, people[ADA], *(f"x = {n}\n" for n in range(60)))
    assert 50 <= len(numbers(ada)) <= 52
