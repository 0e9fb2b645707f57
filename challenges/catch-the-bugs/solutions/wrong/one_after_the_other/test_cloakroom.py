"""A story in chapters: every test goes on where the one before has ended."""

from fastapi.testclient import TestClient

from main import app

client = TestClient(app)
DESK = {"X-Key": "front-desk"}
story = {}


def test_1_hang_up():
    answer = client.post("/coats", json={"owner": "Ada", "hook": 7}, headers=DESK)
    assert answer.status_code == 201
    story["path"] = f"/coats/{answer.json()['id']}"


def test_2_the_hook_is_taken():
    answer = client.post("/coats", json={"owner": "Bob", "hook": 7}, headers=DESK)
    assert answer.status_code == 409


def test_3_look():
    assert client.get(story["path"], headers=DESK).json()["owner"] == "Ada"


def test_4_list():
    assert client.get("/coats", headers=DESK).json()["total"] == 1


def test_5_hand_out():
    assert client.delete(story["path"], headers=DESK).status_code == 204


def test_6_gone():
    assert client.get(story["path"], headers=DESK).status_code == 404


def test_7_nothing_left():
    assert client.get("/coats", headers=DESK).json() == {"total": 0, "items": []}
