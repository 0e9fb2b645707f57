"""Mallory at the way back from an OpenID provider."""

from __future__ import annotations

import time
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from fastapi import FastAPI
from joserfc.jwk import OctKey, RSAKey
from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from portal.accounts.openid import flow
from portal.database import reading
from portal.models import BrowserSession, Person
from tests.clients import TestClient, browser, give_cookie, shown
from tests.databases import ON_SQLITE
from tests.openid_provider import CLIENT_SECRET, OpenIdProvider
from tests.people import ADA, GRACE, Someone
from tests.portal.openid_site import (
    NEW,
    begin,
    come_in,
    identities,
    provider,
    refused,
    settings,
    shared_provider,
)

__all__ = ["provider", "settings", "shared_provider"]

pytestmark = ON_SQLITE


@pytest.mark.parametrize("verified", [False, None, "true", "false", 1])
@pytest.mark.parametrize("email", [NEW, ADA.email, GRACE.email])
def test_an_address_that_is_not_verified_opens_nothing(
    visitor: TestClient,
    provider: OpenIdProvider,
    people: dict[Someone, Person],
    sessions: sessionmaker[Session],
    email: str,
    verified: object,
) -> None:
    provider.person |= {"email": email, "email_verified": verified}
    assert refused(come_in(visitor, provider), "has not verified your email")
    assert identities(sessions) == []


@pytest.mark.parametrize("state", ["", "made-up", "\u00fc"])
def test_a_wrong_state_is_refused(
    visitor: TestClient, provider: OpenIdProvider, state: str
) -> None:
    code = parse_qs(urlsplit(begin(visitor, provider)).query)["code"][0]
    answer = visitor.get("/sign-in/openid/back", params={"code": code, "state": state})
    assert refused(answer, "did not begin in this browser")


def test_what_began_in_another_browser_does_not_end_in_this_one(
    app: FastAPI, visitor: TestClient, provider: OpenIdProvider
) -> None:
    mallorys = begin(browser(app), provider)
    assert refused(visitor.get(mallorys), "did not begin in this browser")
    begin(visitor, provider)
    assert refused(visitor.get(mallorys), "did not begin in this browser")


def test_a_cookie_that_is_not_ours_or_too_old_is_none(
    app: FastAPI, visitor: TestClient, provider: OpenIdProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    back = begin(visitor, provider)
    cookie = visitor.cookies["assay_openid"]
    other = browser(app)
    give_cookie(other, "assay_openid", cookie[:-2] + "xx")
    assert refused(other.get(back), "did not begin in this browser")
    later = time.time() + flow.FLOW_SECONDS + 2
    monkeypatch.setattr("itsdangerous.timed.time.time", lambda: later)
    assert refused(visitor.get(back), "more than ten minutes ago")


def test_a_way_back_works_once(
    app: FastAPI, visitor: TestClient, provider: OpenIdProvider, sessions: sessionmaker[Session]
) -> None:
    back = begin(visitor, provider)
    cookie = visitor.cookies["assay_openid"]
    assert visitor.get(back).status_code == 303
    assert "assay_openid" not in visitor.cookies
    assert refused(visitor.get(back), "did not begin in this browser")
    thief = browser(app)
    give_cookie(thief, "assay_openid", cookie)
    assert refused(thief.get(back), "has been used already")
    with reading(sessions) as session:
        assert session.scalar(select(func.count()).select_from(BrowserSession)) == 1


@pytest.mark.parametrize(
    "lies",
    [
        {"nonce": "another"},
        {"nonce": None},
        {"iss": "https://mallory.example"},
        {"aud": "another-client"},
        {"aud": ["another-client"]},
        {"exp": 1_000_000_000},
        {"iat": 4_000_000_000},
        {"sub": None},
        {"sub": ["s-1"]},
    ],
    ids=str,
)
def test_a_token_that_is_not_for_this_sign_in_is_refused(
    visitor: TestClient,
    provider: OpenIdProvider,
    sessions: sessionmaker[Session],
    lies: dict[str, Any],
) -> None:
    provider.lies = lies
    assert refused(come_in(visitor, provider), "was not meant for this sign-in")
    assert identities(sessions) == []


def test_a_token_without_a_signature_of_the_provider_is_refused(
    visitor: TestClient, provider: OpenIdProvider
) -> None:
    public = provider.key.as_pem(private=False)
    for key in (
        RSAKey.generate_key(2048, parameters={"kid": "first"}),
        RSAKey.generate_key(2048, parameters={"kid": "unknown"}),
        OctKey.import_key(CLIENT_SECRET, {"kid": "first"}),
        # The old trick: the public key as a shared secret.
        OctKey.import_key(public.hex(), {"kid": "first"}),
    ):
        provider.signs_with = key
        assert refused(come_in(visitor, provider), "not signed as it should be")


def test_an_answer_that_names_another_issuer_is_refused(
    visitor: TestClient, provider: OpenIdProvider
) -> None:
    back = begin(visitor, provider)
    assert refused(visitor.get(f"{back}&iss=https://mallory.example"), "another provider")
    back = begin(visitor, provider)
    assert visitor.get(f"{back}&iss={provider.issuer}").status_code == 303


def test_a_provider_that_calls_itself_otherwise_is_not_used(
    visitor: TestClient, provider: OpenIdProvider
) -> None:
    provider.names_itself = "https://mallory.example"
    assert "does not answer as it should" in shown(visitor.get("/sign-in/openid").text)


def test_a_planted_session_is_not_taken_over(
    app: FastAPI, visitor: TestClient, provider: OpenIdProvider
) -> None:
    give_cookie(visitor, "assay_session", "planted")
    answer = come_in(visitor, provider)
    assert "assay_session=planted" not in answer.headers["set-cookie"]
    thief = browser(app)
    give_cookie(thief, "assay_session", "planted")
    assert thief.get("/account").status_code == 303
