"""API tokens on the account page: made, shown once, revoked."""

from __future__ import annotations

import re

import pytest
from fastapi import FastAPI
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from portal.accounts.profile.service import MAX_TOKENS
from portal.database import reading
from portal.models import ApiToken
from tests.clients import TestClient, api_client, shown
from tests.databases import ON_SQLITE
from tests.portal.handed_in import UNKNOWN


def made(ada: TestClient, name: str = "My laptop") -> str:
    """The token that the page shows."""
    answer = ada.post("/account/tokens", data={"name": name})
    assert answer.status_code == 200
    found = re.search(r'value="(assay_[\w-]+)"', answer.text)
    assert found is not None
    return found[1]


def works(app: FastAPI, token: str) -> bool:
    client = api_client(app)
    client.headers["Authorization"] = f"Bearer {token}"
    return bool(client.get(f"/api/v1/submissions/{UNKNOWN}").status_code == 404)


def only(sessions: sessionmaker[Session]) -> ApiToken:
    with reading(sessions) as session:
        return session.scalars(select(ApiToken)).one()


def test_a_token_is_shown_once_and_works(
    app: FastAPI, ada: TestClient, sessions: sessionmaker[Session]
) -> None:
    token = made(ada)
    assert works(app, token)
    assert token not in ada.get("/account").text
    assert "My laptop" in ada.get("/account").text
    assert token not in only(sessions).token_hash


def test_a_revoked_token_is_refused_from_then_on(
    app: FastAPI, ada: TestClient, sessions: sessionmaker[Session]
) -> None:
    token = made(ada)
    path = f"/account/tokens/{only(sessions).id}/revoke"
    answer = ada.post(path)
    assert (answer.status_code, answer.headers["location"]) == (303, "/account?done=revoked")
    assert not works(app, token)
    again = ada.post(path)
    assert again.status_code == 404
    assert "revoked already" in shown(again.text)


def test_nobody_revokes_the_token_of_somebody_else(
    app: FastAPI, ada: TestClient, mallory: TestClient, sessions: sessionmaker[Session]
) -> None:
    token = made(ada)
    hers = only(sessions).id
    answers = [mallory.post(f"/account/tokens/{each}/revoke") for each in (hers, UNKNOWN, "x")]
    assert {answer.status_code for answer in answers} == {404}
    assert works(app, token)
    assert "My laptop" not in mallory.get("/account").text


def test_a_form_that_comes_twice_makes_one_token(
    ada: TestClient, mallory: TestClient, sessions: sessionmaker[Session]
) -> None:
    made(ada)
    again = ada.post("/account/tokens", data={"name": " My  laptop "})
    assert again.status_code == 409
    assert "You have a token named" in shown(again.text)
    assert 'value=" My  laptop "' in again.text
    only(sessions)
    made(mallory)


@pytest.mark.parametrize("name", ["", " ", "x" * 101, "a\0b", "x" * 200_000])
@ON_SQLITE
def test_a_name_says_what_it_is_for(ada: TestClient, name: str) -> None:
    answer = ada.post("/account/tokens", data={"name": name})
    assert answer.status_code == 422
    assert "1 to 100 visible characters" in shown(answer.text)


@ON_SQLITE
def test_there_is_a_most(ada: TestClient, sessions: sessionmaker[Session]) -> None:
    for number in range(MAX_TOKENS):
        made(ada, f"token {number}")
    answer = ada.post("/account/tokens", data={"name": "one more"})
    assert answer.status_code == 409
    assert f"You have {MAX_TOKENS} tokens" in shown(answer.text)
