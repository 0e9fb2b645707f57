"""What the account page reads."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.models import ApiToken, BrowserSession, Identity, Person, Role, Submission

SHOWN_BROWSERS = 20
SHOWN_TOKENS = 100


def browsers(session: Session, person_id: uuid.UUID, now: datetime) -> Sequence[BrowserSession]:
    """Browsers that are signed in, the newest first."""
    wanted = select(BrowserSession).where(
        BrowserSession.person_id == person_id, BrowserSession.expires_at > now
    )
    newest = wanted.order_by(BrowserSession.created_at.desc()).limit(SHOWN_BROWSERS)
    return session.scalars(newest).all()


def count_browsers(session: Session, person_id: uuid.UUID, now: datetime) -> int:
    """How many browsers are signed in."""
    wanted = select(func.count()).where(
        BrowserSession.person_id == person_id, BrowserSession.expires_at > now
    )
    return session.scalar(wanted) or 0


def tokens(session: Session, person_id: uuid.UUID) -> Sequence[ApiToken]:
    """Bearer tokens, the newest first."""
    wanted = select(ApiToken).where(ApiToken.person_id == person_id)
    return session.scalars(wanted.order_by(ApiToken.created_at.desc()).limit(SHOWN_TOKENS)).all()


def token_named(session: Session, person_id: uuid.UUID, name: str) -> ApiToken | None:
    """A bearer token of this name."""
    return session.scalar(
        select(ApiToken).where(ApiToken.person_id == person_id, ApiToken.name == name).limit(1)
    )


def count_tokens(session: Session, person_id: uuid.UUID) -> int:
    """How many bearer tokens somebody has."""
    wanted = select(func.count()).where(ApiToken.person_id == person_id)
    return session.scalar(wanted) or 0


def is_connected(session: Session, person_id: uuid.UUID) -> bool:
    """Whether somebody can sign in through a provider."""
    wanted = select(Identity.id).where(Identity.person_id == person_id).limit(1)
    return session.scalar(wanted) is not None


def count_submissions(session: Session, person_id: uuid.UUID) -> int:
    """How much somebody has handed in, runs included."""
    wanted = select(func.count()).where(Submission.person_id == person_id)
    return session.scalar(wanted) or 0


def admins_for_update(session: Session) -> Sequence[uuid.UUID]:
    """All admins, locked: two who leave at the same time must see each other."""
    wanted = select(Person.id).where(Person.role == Role.ADMIN).order_by(Person.id)
    return session.scalars(wanted.with_for_update()).all()
