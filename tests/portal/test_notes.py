"""Notes of one's own on a challenge: saved as they are typed, never overwritten unseen."""

from __future__ import annotations

import re
import uuid

import pytest
from httpx import Response
from sqlalchemy.orm import Session, sessionmaker

from portal.database import reading
from portal.learning import queries
from portal.learning.service import MAX_NOTE_CHARACTERS
from portal.models import Note, Person
from tests.clients import TestClient, shown
from tests.people import ADA, MALLORY, Someone
from tests.portal.handed_in import SLUG

Sessions = sessionmaker[Session]
People = dict[Someone, Person]
PAGE = f"/challenges/{SLUG}/learn"


class Tab:
    """The learning page, open in one tab."""

    def __init__(self, client: TestClient) -> None:
        self.client = client
        page = client.get(PAGE).text
        fields = re.findall(r'<input type="hidden" name="(tab|based_on)" value="([^"]*)">', page)
        self.hidden = dict(fields)

    def save(self, text: str, **more: str) -> Response:
        data = {"text": text, **self.hidden, **more}
        answer: Response = self.client.post(f"{PAGE}/notes", data=data)
        return answer


def in_field(page: str) -> str:
    """What stands in the field for notes."""
    found = re.search(r"<textarea[^>]*>\n(.*?)</textarea>", page, re.DOTALL)
    assert found
    return found[1]


def stored(sessions: Sessions, person: Person) -> Note | None:
    with reading(sessions) as session:
        return queries.note(session, person.id, SLUG)


def test_notes_are_kept_and_shown_again(
    ada: TestClient, people: People, sessions: Sessions
) -> None:
    answer = Tab(ada).save("HEAD is **not** GET\r\n\r\n- really")
    assert (answer.status_code, answer.headers["location"]) == (303, f"{PAGE}#notes")
    page = ada.get(PAGE).text
    assert in_field(page) == "HEAD is **not** GET\n\n- really"
    assert "<strong>not</strong>" in page
    assert "Saved" in shown(page)
    note = stored(sessions, people[ADA])
    assert note is not None
    assert note.revision == 1


def test_a_tab_may_save_as_often_as_it_likes(
    ada: TestClient, people: People, sessions: Sessions
) -> None:
    tab = Tab(ada)
    for text in ("H", "He", "He", "Head"):
        assert tab.save(text).status_code == 303
    note = stored(sessions, people[ADA])
    assert note is not None
    assert (note.text, note.revision) == ("Head", 3)


def test_a_second_tab_overwrites_nothing_unseen(
    ada: TestClient, people: People, sessions: Sessions
) -> None:
    first, second = Tab(ada), Tab(ada)
    first.save("from the first")
    answer = second.save("from the second")
    assert answer.status_code == 409
    assert "changed in another tab" in answer.text
    assert in_field(answer.text) == "from the second"
    assert '<pre class="output" tabindex="0" hx-ignore>from the first</pre>' in answer.text
    over = re.search(r'name="over" value="(\d+)"', answer.text)
    assert over
    assert second.save("from the second", over=over[1]).status_code == 303
    note = stored(sessions, people[ADA])
    assert note is not None
    assert note.text == "from the second"
    assert first.save("from the first again").status_code == 409


def test_whoever_has_seen_the_newest_may_go_on(ada: TestClient) -> None:
    Tab(ada).save("one")
    assert Tab(ada).save("two").status_code == 303


def test_too_much_is_refused_and_not_lost(
    ada: TestClient, people: People, sessions: Sessions
) -> None:
    tab = Tab(ada)
    tab.save("short")
    long = "x" * (MAX_NOTE_CHARACTERS + 1)
    answer = tab.save(long)
    assert answer.status_code == 422
    assert "Notes have at most 20,000 characters, and these have 20,001." in answer.text
    assert in_field(answer.text) == long
    note = stored(sessions, people[ADA])
    assert note is not None
    assert note.text == "short"
    assert tab.save("x" * MAX_NOTE_CHARACTERS).status_code == 303


def test_what_no_database_takes_is_refused_in_words(ada: TestClient) -> None:
    answer = Tab(ada).save("a\0b")
    assert answer.status_code == 422
    assert "a character that cannot be stored (NUL)" in answer.text
    assert in_field(answer.text) == "ab"


def test_notes_can_be_emptied(ada: TestClient) -> None:
    tab = Tab(ada)
    tab.save("something")
    assert tab.save("").status_code == 303
    assert in_field(ada.get(PAGE).text) == ""


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "</textarea><b>out</b>",
        "[x](javascript:alert(1))",
        "# <img src=x>",
    ],
)
def test_notes_are_text(ada: TestClient, text: str) -> None:
    Tab(ada).save(text)
    page = ada.get(PAGE).text
    for forbidden in ("<script>alert", "<b>out", 'href="javascript', "<img"):
        assert forbidden not in page


@pytest.mark.parametrize("hidden", [{"tab": "no id"}, {"tab": ""}, {"based_on": "first"}])
def test_a_form_of_somebodys_own_making_is_refused(
    ada: TestClient, hidden: dict[str, str], people: People, sessions: Sessions
) -> None:
    tab = Tab(ada)
    tab.hidden |= hidden
    assert tab.save("text").status_code == 422
    assert stored(sessions, people[ADA]) is None


def test_nobody_reads_the_notes_of_others(
    ada: TestClient, mallory: TestClient, people: People, sessions: Sessions
) -> None:
    hers = Tab(ada)
    hers.save("only mine")
    assert "only mine" not in mallory.get(PAGE).text
    his = Tab(mallory)
    his.hidden["tab"] = hers.hidden["tab"]
    his.save("his")
    mine, other = stored(sessions, people[ADA]), stored(sessions, people[MALLORY])
    assert mine is not None
    assert other is not None
    assert (mine.text, other.text) == ("only mine", "his")


def test_a_visitor_has_no_notes(visitor: TestClient) -> None:
    answer = visitor.post(f"{PAGE}/notes", data={"text": "x", "tab": str(uuid.uuid4())})
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/sign-in")
