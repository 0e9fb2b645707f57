"""What is read of links that went out by mail."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.models import MailedLink, Purpose


def link(session: Session, token_hash: str, purpose: Purpose, now: datetime) -> MailedLink | None:
    """A link that still works."""
    return session.scalar(
        select(MailedLink).where(
            MailedLink.token_hash == token_hash,
            MailedLink.purpose == purpose,
            MailedLink.expires_at > now,
        )
    )
