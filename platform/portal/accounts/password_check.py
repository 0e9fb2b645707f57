"""Finds out whether an email and a password belong together, for the page and for the API."""

from __future__ import annotations

import uuid
from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import Depends, Request

from portal.accounts import queries
from portal.accounts.passwords import is_password
from portal.accounts.service import normal_email
from portal.accounts.throttle import Throttle
from portal.database import reading
from portal.errors import WrongPassword

# Each check takes 64 MiB; more at a time would let strangers fill the memory.
CHECKS_AT_A_TIME = 2


async def password_slot() -> AsyncIterator[None]:
    """A turn at checking a password; waiting for it takes no thread."""
    yield


PasswordSlot = Annotated[
    None, Depends(password_slot, scope="function", max_concurrency=CHECKS_AT_A_TIME)
]


def check_password(request: Request, email: str, password: str) -> uuid.UUID:
    """The id of the person, after as much work for a stranger as for somebody we know.

    The slow part runs between transactions, so nobody waits for the database meanwhile.
    """
    throttle: Throttle = request.app.state.throttle
    address = request.client.host if request.client else ""
    known_form = normal_email(email)
    key = known_form or ""
    throttle.check(key, address)
    person_id, password_hash = _account_of(request, known_form)
    if not is_password(password_hash, password) or person_id is None:
        throttle.count(key, address)
        raise WrongPassword
    throttle.succeeded(key)
    return person_id


def _account_of(request: Request, email: str | None) -> tuple[uuid.UUID | None, str | None]:
    if email is None:
        return None, None
    with reading(request.app.state.sessions) as session:
        person = queries.person_by_email(session, email)
    return (None, None) if person is None else (person.id, person.password_hash)
