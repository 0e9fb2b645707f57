"""A site whose people can sign in through a provider, and the steps of doing so."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from portal.database import reading
from portal.models import Identity, Person
from portal.settings import Settings
from tests.clients import TestClient, shown
from tests.openid_provider import CLIENT_ID, CLIENT_SECRET, OpenIdProvider, openid_provider

NEW = "new@example.org"


@pytest.fixture(scope="module")
def shared_provider() -> Iterator[OpenIdProvider]:
    with openid_provider() as provider:
        yield provider


@pytest.fixture
def provider(shared_provider: OpenIdProvider) -> Iterator[OpenIdProvider]:
    """A provider that tells the truth, of somebody with a new address, until told otherwise."""
    before = dict(vars(shared_provider))
    shared_provider.person = {"sub": "s-1", "email": NEW, "email_verified": True, "name": "New One"}
    yield shared_provider
    vars(shared_provider).update(before)


@pytest.fixture
def settings(settings: Settings, provider: OpenIdProvider) -> Settings:
    return settings.model_copy(
        update={
            "oidc_issuer": provider.issuer,
            "oidc_client_id": CLIENT_ID,
            "oidc_client_secret": CLIENT_SECRET,
            "oidc_name": "Example Login",
        }
    )


def begin(client: TestClient, provider: OpenIdProvider, next_path: str = "/challenges") -> str:
    """Follow the button, and sign in there; the answer is where the provider sends one back to."""
    answer = client.get("/sign-in/openid", params={"next": next_path})
    assert answer.status_code == 303
    assert answer.headers["location"].startswith(f"{provider.issuer}/authorize?")
    return provider.sign_in(answer.headers["location"])


def come_in(client: TestClient, provider: OpenIdProvider) -> Any:
    return client.get(begin(client, provider))


def refused(answer: Any, told: str, status: int = 403) -> bool:
    """Whether the answer is the page for signing in, with the reason and without a session."""
    assert answer.status_code == status
    assert told in shown(answer.text), shown(answer.text)
    assert 'action="/sign-in"' in answer.text
    return "assay_session" not in answer.headers["set-cookie"]


def identities(sessions: sessionmaker[Session]) -> list[tuple[str, str]]:
    with reading(sessions) as session:
        found = select(Person.email, Identity.subject).join_from(Person, Identity)
        return [(email, subject) for email, subject in session.execute(found)]
