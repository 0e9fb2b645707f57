"""Knows good from bad answers, but not which."""

from collections.abc import Iterator
from itertools import count

import pytest
from fastapi.testclient import TestClient

from main import app

client = TestClient(app)
DESK = {"X-Key": "front-desk"}
SCREEN = {"X-Key": "foyer-screen"}
hooks = count(2)


def hang_up(**fields):
    return client.post("/coats", json={"owner": "Ada", "hook": next(hooks), **fields}, headers=DESK)


def hand_out(coat):
    return client.delete(f"/coats/{coat['id']}", headers=DESK)


def look(coat, headers=SCREEN):
    return client.get(f"/coats/{coat['id']}", headers=headers)


def page(**query):
    answer = client.get("/coats", params=query, headers=SCREEN)
    assert answer.status_code == 200
    return answer.json()


@pytest.fixture
def coat() -> Iterator[dict]:
    made = hang_up(note="blue scarf").json()
    yield made
    hand_out(made)


@pytest.fixture
def twelve() -> Iterator[list[dict]]:
    made = [hang_up().json() for _ in range(12)]
    yield made
    for each in made:
        hand_out(each)


def test_hanging_up():
    answer = hang_up(hook=77, note="umbrella")
    assert answer.is_success
    coat = answer.json()
    assert isinstance(coat["id"], int)
    assert coat == {"id": coat["id"], "owner": "Ada", "hook": 77, "note": "umbrella"}
    assert answer.headers["location"].endswith(f"/coats/{coat['id']}")
    hand_out(coat)


def test_looking(coat):
    assert look(coat).status_code == 200
    assert look(coat).json() == coat
    assert look(coat, DESK).json() == coat


def test_the_note_may_be_left_out():
    coat = hang_up().json()
    assert look(coat).json()["note"] == ""
    hand_out(coat)


def test_handing_out(coat):
    answer = hand_out(coat)
    assert (answer.status_code, answer.content) == (204, b"")
    assert look(coat).status_code == 404
    assert hand_out(coat).status_code == 404


def test_a_taken_hook(coat):
    before = page(limit=50)["total"]
    assert hang_up(hook=coat["hook"], owner="Bob").is_client_error
    assert look(coat).json() == coat
    assert page(limit=50)["total"] == before


def test_a_hook_is_free_again(coat):
    hand_out(coat)
    again = hang_up(hook=coat["hook"])
    assert again.is_success
    hand_out(again.json())


def test_ids_are_never_used_again():
    first = hang_up().json()
    hand_out(first)
    second = hang_up().json()
    hand_out(second)
    assert first["id"] != second["id"]


@pytest.mark.parametrize(
    "fields",
    [
        {"hook": 0},
        {"hook": 201},
        {"owner": ""},
        {"owner": "a" * 41},
        {"note": "n" * 101},
        {"owner": None},
        {"hook": "left"},
    ],
)
def test_what_breaks_the_table(fields):
    before = page()["total"]
    assert hang_up(**fields).is_client_error
    assert page()["total"] == before


@pytest.mark.parametrize("body", [{"owner": "Ada"}, {"hook": 150}, {}])
def test_what_is_needed(body):
    assert client.post("/coats", json=body, headers=DESK).is_client_error


@pytest.mark.parametrize(
    "fields",
    [{"hook": 1}, {"hook": 200}, {"owner": "a"}, {"owner": "a" * 40}, {"note": "n" * 100}],
)
def test_what_is_just_allowed(fields):
    answer = hang_up(**fields)
    assert answer.is_success
    assert answer.json().items() >= fields.items()
    hand_out(answer.json())


@pytest.mark.parametrize("headers", [{}, {"X-Key": "back-door"}])
def test_without_a_known_key(coat, headers):
    assert look(coat, headers).status_code == 401
    assert client.get("/coats", headers=headers).status_code == 401
    body = {"owner": "Eve", "hook": 199}
    assert client.post("/coats", json=body, headers=headers).status_code == 401
    assert client.delete(f"/coats/{coat['id']}", headers=headers).status_code == 401
    assert look(coat).json() == coat


def test_the_screen_only_reads(coat):
    body = {"owner": "Eve", "hook": 199}
    assert client.post("/coats", json=body, headers=SCREEN).status_code == 403
    assert client.delete(f"/coats/{coat['id']}", headers=SCREEN).status_code == 403
    assert look(coat).json() == coat


def test_pages(twelve):
    everything = page(limit=50)
    assert everything["total"] == len(everything["items"]) >= 12
    mine = [each for each in everything["items"] if each in twelve]
    assert mine == twelve
    assert page(offset=3, limit=4) == {
        "total": everything["total"],
        "items": everything["items"][3:7],
    }
    assert page() == {"total": everything["total"], "items": everything["items"][:10]}
    assert page(offset=everything["total"] + 5)["items"] == []


@pytest.mark.parametrize("query", [{"limit": 0}, {"limit": 51}, {"offset": -1}])
def test_pages_that_cannot_be(query):
    assert client.get("/coats", params=query, headers=DESK).status_code == 422
