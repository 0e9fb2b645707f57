"""Challenges over the API."""

from __future__ import annotations

import pytest

from tests.clients import TestClient
from tests.databases import ON_SQLITE
from tests.portal.handed_in import SLUG, package

pytestmark = ON_SQLITE

SUMMARY = {"slug", "title", "question", "level", "minutes", "topics", "version"}
MORE = {"statement", "entry", "max_score", "requirements", "limits", "starter", "public", "given"}


def test_the_list_has_exactly_what_was_agreed(stranger_api: TestClient) -> None:
    answer = stranger_api.get("/api/v1/challenges")
    assert answer.status_code == 200
    found = {each["slug"]: each for each in answer.json()}
    assert {SLUG, "ticket-desk"} <= found.keys()
    for each in found.values():
        assert each.keys() == SUMMARY
    described = package().description
    assert found[SLUG]["title"] == described.title
    assert found[SLUG]["topics"] == list(described.topics)
    assert found[SLUG]["level"] == described.level
    assert found[SLUG]["version"] == described.version


def test_one_challenge_has_all_that_is_needed_to_work_on_it(stranger_api: TestClient) -> None:
    answer = stranger_api.get(f"/api/v1/challenges/{SLUG}")
    assert answer.status_code == 200
    document = answer.json()
    assert document.keys() == SUMMARY | MORE
    assert document["starter"] == dict(package().starter)
    assert document["public"] == dict(package().public)
    assert document["given"] == {}
    assert document["entry"] == "main:app"
    assert document["max_score"] == sum(each["points"] for each in document["requirements"]) == 100
    assert [each["name"] for each in document["requirements"]] == [
        each.name for each in package().requirements
    ]
    assert document["limits"]["memory_mb"] == 256


def test_files_that_are_given_beside_a_submission_are_shown(stranger_api: TestClient) -> None:
    document = stranger_api.get("/api/v1/challenges/request-journal").json()
    assert "canal.py" in document["given"]
    assert not document["given"].keys() & document["starter"].keys()


@pytest.mark.parametrize("slug", ["nowhere", "first_endpoint", "%2e%2e"])
def test_a_challenge_that_is_not_there_is_a_problem(stranger_api: TestClient, slug: str) -> None:
    answer = stranger_api.get(f"/api/v1/challenges/{slug}")
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["status"] == 404


def test_reading_twice_gives_the_same(stranger_api: TestClient) -> None:
    for address in ("/api/v1/challenges", f"/api/v1/challenges/{SLUG}"):
        first, second = (stranger_api.get(address).json() for _ in range(2))
        assert first == second


@pytest.mark.parametrize("address", ["/api/v1/challenges", f"/api/v1/challenges/{SLUG}"])
def test_a_wrong_method_is_a_problem(stranger_api: TestClient, address: str) -> None:
    answer = stranger_api.post(address)
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET")
    assert answer.headers["content-type"] == "application/problem+json"
