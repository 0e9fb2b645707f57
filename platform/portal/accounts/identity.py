"""Who makes a request: the cookie for pages, the bearer token for the API.

Each question is answered in a short transaction of its own that is over before the request's
session begins, so a stream that stays open holds no connection. Ask before touching that session.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated

from fastapi import Depends, Request
from fastapi.security import OAuth2PasswordBearer
from sqlalchemy.orm import Session, sessionmaker

from portal.accounts import queries, service
from portal.accounts.cookie import read_cookie
from portal.accounts.tokens import fingerprint
from portal.database import reading
from portal.errors import SignInNeeded
from portal.models import Person, Role, utc_now

# "Last used" is for people to read; a write at every poll would be a waste.
LAST_USED_PRECISION = timedelta(minutes=1)
# It may write and so wait for other writers; see REQUESTS_AT_A_TIME.
TOKENS_AT_A_TIME = 10


@dataclass(frozen=True)
class PersonView:
    """A person as pages and routes see them."""

    id: uuid.UUID
    email: str
    name: str
    role: Role

    @classmethod
    def of(cls, person: Person) -> PersonView:
        return cls(id=person.id, email=person.email, name=person.name, role=person.role)


def who_is_asking(request: Request) -> PersonView | None:
    """Who is signed in with this browser; looked up once a request."""
    if not hasattr(request.state, "person"):
        request.state.person = _person_of_cookie(request)
    person: PersonView | None = request.state.person
    return person


def who_must_sign_in(request: Request) -> PersonView:
    """Who is signed in; anybody else is sent to sign in and comes back."""
    person = who_is_asking(request)
    if person is None:
        raise SignInNeeded
    return person


bearer_token = OAuth2PasswordBearer(tokenUrl="/api/v1/token", auto_error=False)


def who_holds_the_token(
    request: Request, token: Annotated[str | None, Depends(bearer_token)]
) -> PersonView:
    """Whose bearer token came with the request."""
    if token is None:
        raise SignInNeeded("Send a bearer token. POST /api/v1/token gives you one.")
    sessions: sessionmaker[Session] = request.app.state.sessions
    now = utc_now()
    with reading(sessions) as session:
        owner = queries.owner_of_api_token(session, fingerprint(token))
    if owner is None:
        raise SignInNeeded(
            "This bearer token is not valid. POST /api/v1/token gives you a new one."
        )
    person, api_token = owner
    if api_token.last_used_at is None or now - api_token.last_used_at > LAST_USED_PRECISION:
        with sessions.begin() as session:
            service.mark_api_token_used(session, api_token.id, now)
    return PersonView.of(person)


def _person_of_cookie(request: Request) -> PersonView | None:
    token = read_cookie(request)
    if token is None:
        return None
    with reading(request.app.state.sessions) as session:
        person = queries.person_of_browser(session, fingerprint(token), utc_now())
    return None if person is None else PersonView.of(person)


OptionalPerson = Annotated[PersonView | None, Depends(who_is_asking)]
PagePerson = Annotated[PersonView, Depends(who_must_sign_in)]
ApiPerson = Annotated[PersonView, Depends(who_holds_the_token, max_concurrency=TOKENS_AT_A_TIME)]
