"""Bearer tokens: getting one with a password and using it."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi import FastAPI
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from portal.accounts import service
from portal.accounts.identity import ApiPerson
from portal.accounts.tokens import fingerprint
from portal.database import reading
from portal.models import ApiToken, Person
from tests.clients import TestClient
from tests.people import ADA, Someone

GOOD = {"username": ADA.email, "password": ADA.password}


@pytest.fixture(autouse=True)
def _an_address_that_asks_who_it_is(app: FastAPI, people: dict[Someone, Person]) -> None:
    @app.api_route("/api/v1/who", methods=["GET", "POST"], include_in_schema=False)
    def who(person: ApiPerson) -> dict[str, str]:
        return {"email": person.email}


def token_for(client: TestClient, **form: str) -> Any:
    return client.post("/api/v1/token", data=form)


def test_a_password_is_exchanged_for_a_token_that_works(stranger_api: TestClient) -> None:
    answer = token_for(stranger_api, **GOOD)
    assert answer.status_code == 200
    assert answer.json()["token_type"] == "bearer"  # noqa: S105
    assert answer.headers["cache-control"] == "no-store"
    token = answer.json()["access_token"]
    assert token.startswith("assay_")
    who = stranger_api.get("/api/v1/who", headers={"Authorization": f"Bearer {token}"})
    assert who.json() == {"email": ADA.email}


def test_a_token_is_random_each_time_and_kept_only_as_a_hash(
    stranger_api: TestClient, sessions: sessionmaker[Session]
) -> None:
    tokens = {token_for(stranger_api, **GOOD).json()["access_token"] for _ in range(2)}
    assert len(tokens) == 2
    with sessions() as session:
        assert tokens.isdisjoint(session.scalars(select(ApiToken.token_hash)))


@pytest.mark.parametrize(
    "form",
    [
        {"username": ADA.email, "password": "wrong"},
        {"username": "nobody@example.org", "password": ADA.password},
        {"username": "a\0b", "password": "x"},
    ],
)
def test_every_wrong_pair_gets_the_same_problem(
    stranger_api: TestClient, form: dict[str, str]
) -> None:
    answer = token_for(stranger_api, **form)
    assert answer.status_code == 401
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["www-authenticate"] == "Bearer"
    assert "do not belong together" in answer.json()["detail"]


def test_a_missing_field_is_named_and_the_password_is_not_repeated(
    stranger_api: TestClient,
) -> None:
    answer = token_for(stranger_api, password="my secret")  # noqa: S106
    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == ["body.username"]
    assert "my secret" not in answer.text


@pytest.mark.parametrize(
    "header", [None, "", "Bearer", "Bearer ", "Bearer assay_made-up", "Basic YTpi", "Bearer \xff"]
)
def test_without_a_valid_token_there_is_no_way_in(
    stranger_api: TestClient, header: str | None
) -> None:
    headers = {} if header is None else {"Authorization": header.encode("latin-1")}
    answer = stranger_api.get("/api/v1/who", headers=headers)
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == "Bearer"
    assert answer.json()["status"] == 401


def test_the_cookie_of_a_browser_opens_nothing_in_the_api(ada: TestClient) -> None:
    assert ada.get("/api/v1/who").status_code == 401
    assert ada.post("/api/v1/who").status_code == 401


def test_a_token_remembers_when_it_was_last_used(
    ada_api: TestClient, sessions: sessionmaker[Session]
) -> None:
    for method in ("GET", "POST", "GET"):
        assert ada_api.request(method, "/api/v1/who").status_code == 200
    with sessions() as session:
        assert session.scalars(select(ApiToken.last_used_at)).one() is not None


def test_a_removed_token_is_dead(ada_api: TestClient, sessions: sessionmaker[Session]) -> None:
    with sessions.begin() as session:
        session.delete(session.scalars(select(ApiToken)).one())
    assert ada_api.get("/api/v1/who").status_code == 401


def test_a_wrong_method_is_named_as_such(stranger_api: TestClient) -> None:
    answer = stranger_api.get("/api/v1/token")
    assert (answer.status_code, answer.headers["allow"]) == (405, "POST")
    assert answer.headers["content-type"] == "application/problem+json"


def test_the_documentation_names_the_way_to_a_token(stranger_api: TestClient) -> None:
    document = stranger_api.get("/api/v1/openapi.json").json()
    assert "/api/v1/token" in document["paths"]
    flow = document["components"]["securitySchemes"]["OAuth2PasswordBearer"]["flows"]["password"]
    assert flow["tokenUrl"] == "/api/v1/token"


def test_a_program_that_signs_in_each_time_leaves_no_heap_of_tokens(
    sessions: sessionmaker[Session], people: dict[Someone, Person]
) -> None:
    with sessions.begin() as session:
        kept = service.make_api_token(session, people[ADA].id, "My laptop")
        first = service.sign_program_in(session, people[ADA].id)
    with sessions.begin() as session:
        for _ in range(service.MAX_PASSWORD_TOKENS):
            last = service.sign_program_in(session, people[ADA].id)
    with reading(sessions) as session:
        found = set(session.scalars(select(ApiToken.token_hash)))
    assert len(found) == service.MAX_PASSWORD_TOKENS + 1
    assert {fingerprint(kept), fingerprint(last)} < found
    assert fingerprint(first) not in found
