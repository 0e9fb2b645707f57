"""What people and programs read when something goes wrong."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Annotated
from uuid import UUID

import pytest
from fastapi import FastAPI, Form

from portal.accounts.identity import PagePerson
from portal.errors import Conflict, NotAllowed, found
from tests.clients import TestClient, shown
from tests.databases import ON_SQLITE

pytestmark = ON_SQLITE


@pytest.fixture(autouse=True)
def _addresses_where_things_go_wrong(app: FastAPI) -> None:
    for prefix in ("/pages", "/api"):

        @app.get(f"{prefix}/crash")
        def crash() -> None:
            raise RuntimeError("the inside of our house")

        @app.get(f"{prefix}/conflict")
        def conflict() -> None:
            raise Conflict("It is already there. Use another name.")

        @app.get(f"{prefix}/forbidden")
        def forbidden() -> None:
            raise NotAllowed("Only admins may. Ask one.")

        @app.get(f"{prefix}/things/{{thing_id}}")
        def thing(thing_id: UUID) -> None:
            found(None)

        @app.post(f"{prefix}/form")
        def form(size: Annotated[int, Form()]) -> int:
            return size

        @app.post(f"{prefix}/json")
        def json(body: dict[str, int]) -> dict[str, int]:
            return body

    @app.api_route("/pages/private", methods=["GET", "POST"])
    def private(person: PagePerson) -> str:
        return person.name


@pytest.fixture
def quiet(caplog: pytest.LogCaptureFixture) -> Iterator[pytest.LogCaptureFixture]:
    with caplog.at_level(logging.ERROR, logger="portal.answers"):
        yield caplog


@pytest.mark.parametrize(
    ("path", "status", "title"),
    [
        ("/api/nowhere", 404, "Not Found"),
        ("/api/conflict", 409, "That clashes with what is there"),
        ("/api/forbidden", 403, "Not allowed"),
        ("/api/things/not-an-id", 404, "Not found"),
        ("/api/things/5b6f3c1e-8a0c-4a49-9a53-6f6c0c1f7f2e", 404, "Not found"),
    ],
)
def test_the_api_answers_with_a_problem_document(
    stranger_api: TestClient, path: str, status: int, title: str
) -> None:
    answer = stranger_api.get(path)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    document = answer.json()
    assert (document["status"], document["title"]) == (status, title)
    assert document["type"] == "about:blank"
    assert document["detail"]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/pages/nowhere", 404),
        ("/pages/conflict", 409),
        ("/pages/forbidden", 403),
        ("/pages/things/not-an-id", 404),
    ],
)
def test_people_get_a_page(visitor: TestClient, path: str, status: int) -> None:
    answer = visitor.get(path)
    assert answer.status_code == status
    assert answer.headers["content-type"].startswith("text/html")
    assert str(status) in shown(answer.text)


def test_absent_and_malformed_ids_get_the_same_answer(stranger_api: TestClient) -> None:
    absent = stranger_api.get("/api/things/5b6f3c1e-8a0c-4a49-9a53-6f6c0c1f7f2e")
    malformed = stranger_api.get("/api/things/x")
    assert absent.json() == malformed.json()


def test_a_wrong_method_names_the_right_ones(visitor: TestClient, stranger_api: TestClient) -> None:
    for answer in (visitor.get("/pages/form"), stranger_api.get("/api/form")):
        assert (answer.status_code, answer.headers["allow"]) == (405, "POST")


def test_wrong_values_are_told_without_being_repeated(
    visitor: TestClient, stranger_api: TestClient
) -> None:
    secret = {"size": "my-secret"}
    problem = stranger_api.post("/api/form", data=secret)
    page = visitor.post("/pages/form", data=secret)
    assert [error["field"] for error in problem.json()["errors"]] == ["body.size"]
    assert "reload the page and try again" in shown(page.text)
    for answer in (problem, page):
        assert answer.status_code == 422
        assert "my-secret" not in answer.text


@pytest.mark.parametrize("body", [b"{", b"\xff\xfe", b"[1]", b'{"a": "' + b"x" * 999 + b'"}'])
def test_broken_json_is_the_senders_mistake(stranger_api: TestClient, body: bytes) -> None:
    headers = {"Content-Type": "application/json"}
    answer = stranger_api.post("/api/json", content=body, headers=headers)
    assert answer.status_code in {400, 422}
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_crash_tells_a_reference_and_nothing_else(
    visitor: TestClient, stranger_api: TestClient, quiet: pytest.LogCaptureFixture
) -> None:
    problem = stranger_api.get("/api/crash")
    reference = problem.json()["reference"]
    page = visitor.get("/pages/crash")
    for answer in (problem, page):
        assert answer.status_code == 500
        assert "inside of our house" not in answer.text
        assert "RuntimeError" not in answer.text
    assert f"Reference {reference}" in quiet.text
    assert "inside of our house" in quiet.text


def test_a_page_that_needs_an_account_asks_to_sign_in_and_comes_back(visitor: TestClient) -> None:
    answer = visitor.get("/pages/private?tab=2")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/sign-in?next=%2Fpages%2Fprivate%3Ftab%3D2"


def test_after_an_action_one_comes_back_to_the_page_it_was_on(visitor: TestClient) -> None:
    answer = visitor.post(
        "/pages/private", headers={"Referer": "http://testserver/challenges/first-endpoint"}
    )
    assert answer.headers["location"] == "/sign-in?next=%2Fchallenges%2Ffirst-endpoint"
    assert visitor.post("/pages/private").headers["location"] == "/sign-in?next=%2Fchallenges"


def test_a_script_on_the_page_is_told_to_leave_it(visitor: TestClient) -> None:
    answer = visitor.get(
        "/pages/private",
        headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/challenges/x"},
    )
    assert answer.status_code == 401
    assert answer.headers["hx-redirect"] == "/sign-in?next=%2Fchallenges%2Fx"


def test_whoever_is_signed_in_stays_named_on_an_error_page(ada: TestClient, people: object) -> None:
    assert "Ada" in shown(ada.get("/pages/nowhere").text)
