"""How somebody likes their editor is remembered for them, wherever they sign in."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi import FastAPI

from portal.models import Person
from tests.clients import TestClient, browser
from tests.people import ADA, Someone
from tests.portal.test_room import ROOM, editor

OPTIONS = "/editor-options"
CHOSEN = {
    "vim": True,
    "plain": False,
    "wrap": True,
    "tab_indents": True,
    "question_mark": False,
    "font_size": 18,
}


def test_who_never_chose_has_what_everybody_has(ada: TestClient, visitor: TestClient) -> None:
    given = editor(ada.get(ROOM).text)["options"]
    assert given == editor(visitor.get(ROOM).text)["options"]
    assert given["vim"] is False


def test_a_choice_holds_on_every_device_and_in_every_room(
    ada: TestClient, app: FastAPI, people: dict[Someone, Person]
) -> None:
    assert ada.put(OPTIONS, json=CHOSEN).status_code == 204
    phone = browser(app, people[ADA])
    for room in (ROOM, "/challenges/ticket-desk"):
        assert editor(phone.get(room).text)["options"] == CHOSEN


def test_the_last_choice_counts_and_twice_is_once(ada: TestClient) -> None:
    for chosen in (CHOSEN, CHOSEN, CHOSEN | {"vim": False}):
        assert ada.put(OPTIONS, json=chosen).status_code == 204
    assert editor(ada.get(ROOM).text)["options"]["vim"] is False


def test_nobody_chooses_for_somebody_else(ada: TestClient, mallory: TestClient) -> None:
    mallory.put(OPTIONS, json=CHOSEN)
    assert editor(ada.get(ROOM).text)["options"]["vim"] is False


@pytest.mark.parametrize(
    "wrong",
    [{"font_size": 1}, {"font_size": "18"}, {"vim": "yes"}, {"vim": None}, {"person_id": "x"}],
)
def test_what_is_no_choice_is_refused(ada: TestClient, wrong: dict[str, Any]) -> None:
    assert ada.put(OPTIONS, json=CHOSEN | wrong).status_code == 422
    assert editor(ada.get(ROOM).text)["options"]["vim"] is False


def test_it_needs_a_person(visitor: TestClient) -> None:
    assert visitor.put(OPTIONS, json=CHOSEN).status_code == 303
