"""What the postman reads of the mails that wait."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.models import Mail

AT_A_TIME = 20


def due(session: Session, kinds: Iterable[str], now: datetime) -> Sequence[Mail]:
    """Mails of these kinds whose time has come, the one that waits longest first."""
    wanted = select(Mail).where(
        Mail.due_at <= now, Mail.given_up_at.is_(None), Mail.kind.in_(kinds)
    )
    return session.scalars(wanted.order_by(Mail.due_at).limit(AT_A_TIME)).all()


def count_given_up(session: Session) -> int:
    """How many mails never went out."""
    wanted = select(func.count()).where(Mail.given_up_at.is_not(None))
    return session.scalar(wanted) or 0
