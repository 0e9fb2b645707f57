"""Every SELECT about certificates."""

from __future__ import annotations

import uuid

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.models import Certificate


def by_token(session: Session, token: str) -> Certificate | None:
    """The certificate at this address, revoked or not."""
    return session.get(Certificate, token)


def valid(session: Session, sitting_id: uuid.UUID) -> Certificate | None:
    """The certificate of a sitting that was not revoked."""
    wanted = select(Certificate).where(
        Certificate.sitting_id == sitting_id, Certificate.revoked_at.is_(None)
    )
    return session.scalar(wanted)
