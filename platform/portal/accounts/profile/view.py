"""The account page's data."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from sqlalchemy.orm import Session

from portal.accounts.profile import queries
from portal.accounts.profile.service import MAX_TOKENS
from portal.accounts.tokens import fingerprint, handle
from portal.models import Person, utc_now


@dataclass(frozen=True)
class BrowserView:
    """A browser that is signed in; the handle names it and opens nothing."""

    handle: str
    name: str
    since: str
    is_this: bool


@dataclass(frozen=True)
class TokenView:
    """A bearer token; what it is nobody can read again."""

    id: str
    name: str
    made_at: str
    used_at: str | None


@dataclass(frozen=True)
class AccountView:
    """Everything on the page."""

    name: str
    email: str
    role: str
    since: str
    has_password: bool
    is_connected: bool
    browsers: list[BrowserView]
    more_browsers: int
    others: int
    tokens: list[TokenView]
    max_tokens: int


@dataclass(frozen=True)
class Trouble:
    """What is wrong with one of the forms, and what was written into it."""

    form: str
    text: str
    value: str = ""


def account_view(session: Session, person_id: uuid.UUID, cookie: str) -> AccountView:
    """The account as it stands, seen from the browser with this cookie."""
    person = session.get_one(Person, person_id)
    now = utc_now()
    found = queries.browsers(session, person_id, now)
    count = queries.count_browsers(session, person_id, now)
    here = fingerprint(cookie)
    return AccountView(
        name=person.name,
        email=person.email,
        role=person.role.value,
        since=person.created_at.isoformat(),
        has_password=person.password_hash is not None,
        is_connected=queries.is_connected(session, person_id),
        browsers=[
            BrowserView(
                handle(b.token_hash),
                b.browser or "A browser",
                b.created_at.isoformat(),
                b.token_hash == here,
            )
            for b in found
        ],
        more_browsers=count - len(found),
        others=count - 1,
        tokens=[
            TokenView(
                str(t.id),
                t.name,
                t.created_at.isoformat(),
                t.last_used_at.isoformat() if t.last_used_at else None,
            )
            for t in queries.tokens(session, person_id)
        ],
        max_tokens=MAX_TOKENS,
    )
