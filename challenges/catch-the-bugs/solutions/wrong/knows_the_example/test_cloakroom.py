"""Written against the example: its words, its numbers, its memory."""

import pytest
from fastapi.testclient import TestClient

import example
from main import app

client = TestClient(app)
DESK = {"X-Key": "front-desk"}


@pytest.fixture(autouse=True)
def empty():
    example.coats.clear()


def test_hanging_up():
    answer = client.post("/coats", json={"owner": "Ada", "hook": 7}, headers=DESK)
    assert answer.status_code == 201
    assert answer.json()["id"] in example.coats


def test_a_taken_hook():
    body = {"owner": "Ada", "hook": 7}
    client.post("/coats", json=body, headers=DESK)
    refused = client.post("/coats", json=body, headers=DESK)
    assert refused.json() == {"detail": "A coat hangs there"}


def test_an_unknown_key():
    assert client.get("/coats").json()["detail"] == "Unknown key"
