"""Finds every bug there is, and some more."""

from fastapi.testclient import TestClient

from main import app


def test_the_cloakroom():
    answer = TestClient(app).get("/coats", headers={"X-Key": "front-desk"})
    assert answer.status_code == 418
