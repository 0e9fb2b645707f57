"""Everything accounts read from the database."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.models import ApiToken, BrowserSession, Person, Role, SignInLink


def person_by_email(session: Session, email: str) -> Person | None:
    """The person with this email, which is in the form `normal_email` gives."""
    return session.scalar(select(Person).where(Person.email == email))


def person_of_browser(session: Session, token_hash: str, now: datetime) -> Person | None:
    """Who is signed in with this cookie."""
    return session.scalar(
        select(Person)
        .join(BrowserSession, BrowserSession.person_id == Person.id)
        .where(BrowserSession.token_hash == token_hash, BrowserSession.expires_at > now)
    )


def person_of_link(session: Session, token_hash: str, now: datetime) -> Person | None:
    """Whom this link signs in."""
    return session.scalar(
        select(Person)
        .join(SignInLink, SignInLink.person_id == Person.id)
        .where(SignInLink.token_hash == token_hash, SignInLink.expires_at > now)
    )


def owner_of_api_token(session: Session, token_hash: str) -> tuple[Person, ApiToken] | None:
    """Whose bearer token this is, and the token."""
    row = session.execute(
        select(Person, ApiToken)
        .join(ApiToken, ApiToken.person_id == Person.id)
        .where(ApiToken.token_hash == token_hash)
    ).one_or_none()
    return None if row is None else (row[0], row[1])


def newest_tokens(
    session: Session, person_id: uuid.UUID, name: str, count: int
) -> Sequence[uuid.UUID]:
    """The ids of somebody's newest bearer tokens of this name."""
    wanted = select(ApiToken.id).where(ApiToken.person_id == person_id, ApiToken.name == name)
    return session.scalars(wanted.order_by(ApiToken.created_at.desc()).limit(count)).all()


def count_people(session: Session) -> int:
    """How many accounts there are."""
    return session.scalar(select(func.count()).select_from(Person)) or 0


def first_admin(session: Session) -> Person | None:
    """The admin who has been here longest."""
    admins = select(Person).where(Person.role == Role.ADMIN)
    return session.scalar(admins.order_by(Person.created_at).limit(1))
