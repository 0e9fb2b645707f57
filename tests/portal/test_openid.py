"""Signing in through an OpenID provider: who gets in, and to which account."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

from fastapi import FastAPI
from joserfc.jwk import RSAKey
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from portal.accounts.openid import flow
from portal.app import make_app
from portal.database import reading
from portal.models import Person, Role
from portal.settings import Settings
from tests.clients import TestClient, browser, shown
from tests.databases import ON_SQLITE
from tests.mailbox import Mailbox
from tests.openid_provider import OpenIdProvider
from tests.people import ADA, Someone
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


def test_a_stranger_gets_an_account_and_comes_to_where_they_wanted(
    visitor: TestClient, provider: OpenIdProvider, sessions: sessionmaker[Session]
) -> None:
    answer = visitor.get(begin(visitor, provider, "/challenges/first-endpoint?tab=1"))
    assert (answer.status_code, answer.headers["location"]) == (
        303,
        "/challenges/first-endpoint?tab=1",
    )
    assert "New One" in visitor.get("/account").text
    assert "You have no password yet" in visitor.get("/account").text
    with reading(sessions) as session:
        person = session.scalars(select(Person)).one()
    assert (person.email, person.role, person.password_hash) == (NEW, Role.CANDIDATE, None)
    assert identities(sessions) == [(NEW, "s-1")]


def test_the_button_is_there_and_leads_on_this_site_only(visitor: TestClient) -> None:
    text = visitor.get("/sign-in").text
    assert "Continue with Example Login" in text
    answer = visitor.get("/sign-in/openid", params={"next": "//mallory.example"})
    assert "mallory" not in answer.headers["location"]


def test_what_is_asked_for(visitor: TestClient, provider: OpenIdProvider) -> None:
    answer = visitor.get("/sign-in/openid")
    asked = parse_qs(urlsplit(answer.headers["location"]).query)
    assert asked["scope"] == ["openid email profile"]
    assert asked["redirect_uri"] == ["http://127.0.0.1:8000/sign-in/openid/back"]
    assert {"state", "nonce", "code_challenge"} <= asked.keys()
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert f"max-age={flow.FLOW_SECONDS}" in cookie


def test_a_verified_address_enters_its_account_and_its_owner_is_told(
    app: FastAPI,
    visitor: TestClient,
    provider: OpenIdProvider,
    people: dict[Someone, Person],
    mailbox: Mailbox,
    sessions: sessionmaker[Session],
) -> None:
    provider.person["email"] = ADA.email.upper()
    assert come_in(visitor, provider).status_code == 303
    assert ADA.name in visitor.get("/account").text
    letter = mailbox.only()
    assert letter.to == ADA.email
    assert "Example Login" in letter.text
    # From now on by its subject, whatever its address has become.
    provider.person |= {"email": "else@example.org", "email_verified": False}
    phone = browser(app)
    assert come_in(phone, provider).status_code == 303
    assert ADA.email in phone.get("/account").text
    assert identities(sessions) == [(ADA.email, "s-1")]
    assert mailbox.empty() == []


def test_an_account_that_is_connected_is_not_handed_to_another_subject(
    app: FastAPI,
    visitor: TestClient,
    provider: OpenIdProvider,
    people: dict[Someone, Person],
    sessions: sessionmaker[Session],
) -> None:
    provider.person["email"] = ADA.email
    come_in(visitor, provider)
    provider.person["sub"] = "s-2"
    assert refused(come_in(browser(app), provider), "connected with somebody else")
    assert identities(sessions) == [(ADA.email, "s-1")]


def test_a_role_never_comes_from_the_provider(
    visitor: TestClient, provider: OpenIdProvider, sessions: sessionmaker[Session]
) -> None:
    provider.person |= {"role": "admin", "roles": ["admin"], "groups": ["admin"]}
    come_in(visitor, provider)
    with reading(sessions) as session:
        assert session.scalars(select(Person.role)).all() == [Role.CANDIDATE]


def test_where_nobody_registers_a_stranger_stays_outside(
    settings: Settings, provider: OpenIdProvider, sessions: sessionmaker[Session]
) -> None:
    app = make_app(settings.model_copy(update={"registration": "closed"}))
    assert refused(come_in(browser(app), provider), "takes no registrations")
    app.state.engine.dispose()
    assert identities(sessions) == []


def test_a_new_key_of_the_provider_is_asked_for(
    visitor: TestClient, provider: OpenIdProvider
) -> None:
    begin(visitor, provider)
    provider.key = RSAKey.generate_key(2048, parameters={"kid": "second"})
    assert come_in(visitor, provider).status_code == 303


def test_an_address_that_only_the_second_answer_has_is_found(
    visitor: TestClient, provider: OpenIdProvider
) -> None:
    del provider.person["email"], provider.person["email_verified"]
    provider.userinfo = {"sub": "s-2", "email": NEW, "email_verified": True}
    assert refused(come_in(visitor, provider), "has not verified your email")
    provider.userinfo["sub"] = "s-1"
    assert come_in(visitor, provider).status_code == 303


def test_whoever_says_no_there_is_told_so(visitor: TestClient, provider: OpenIdProvider) -> None:
    state = parse_qs(urlsplit(begin(visitor, provider)).query)["state"][0]
    answer = visitor.get(f"/sign-in/openid/back?error=access_denied&state={state}")
    assert refused(answer, "You were not signed in there")


def test_a_provider_that_is_down_gets_a_clear_page(
    app: FastAPI, visitor: TestClient, provider: OpenIdProvider
) -> None:
    back = begin(visitor, provider)
    provider.is_broken = True
    answer = visitor.get(back)
    assert refused(answer, "Example Login does not answer as it should", 503)
    assert answer.headers["retry-after"]
    fresh = make_app(app.state.settings)
    assert browser(fresh).get("/sign-in/openid").status_code == 503
    fresh.state.engine.dispose()
    gone = make_app(app.state.settings.model_copy(update={"oidc_issuer": "http://127.0.0.1:9"}))
    answer = browser(gone).get("/sign-in/openid")
    assert answer.status_code == 503
    assert "sign in with email and password" in shown(answer.text)
    gone.state.engine.dispose()


def test_without_a_provider_there_is_no_such_address(settings: Settings) -> None:
    none = {"oidc_issuer": None, "oidc_client_id": None, "oidc_client_secret": None}
    app = make_app(settings.model_copy(update=none))
    client = browser(app)
    assert client.get("/sign-in/openid").status_code == 404
    assert client.get("/sign-in/openid/back").status_code == 404
    assert "Continue with" not in client.get("/sign-in").text
    app.state.engine.dispose()
