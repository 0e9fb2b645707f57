"""Everything that is written about mails: wanted, taken to be sent, sent, put off; never commits."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

from sqlalchemy import CursorResult, delete, update
from sqlalchemy.orm import Session

from portal.models import Mail

# Whoever has taken a mail has this long; then it is anybody's again.
LEASE = timedelta(minutes=3)
# After each failure a longer pause: about an hour in all, as long as a link in a mail works.
PAUSES = tuple(timedelta(seconds=seconds) for seconds in (10, 30, 120, 300, 900, 1800))
KEPT = timedelta(days=30)
MAX_REASON = 500


def want(session: Session, kind: str, address: str) -> None:
    """A mail that must go out if this transaction is committed."""
    session.add(Mail(kind=kind, address=address))


def take(session: Session, mail: Mail, now: datetime) -> bool:
    """Take a mail to send it; false when another postman was faster."""
    taken = session.execute(
        update(Mail)
        .where(Mail.id == mail.id, Mail.due_at == mail.due_at)
        .values(due_at=now + LEASE, tries=Mail.tries + 1),
        execution_options={"synchronize_session": False},
    )
    return isinstance(taken, CursorResult) and taken.rowcount == 1


def done(session: Session, mail_id: uuid.UUID) -> None:
    """It is sent, or there is nothing to send: nothing of it is kept."""
    session.execute(delete(Mail).where(Mail.id == mail_id))


def put_off(session: Session, mail_id: uuid.UUID, reason: str, now: datetime) -> bool:
    """Try again later; false after the last try, when it is kept for whoever runs the site."""
    mail = session.get(Mail, mail_id)
    if mail is None:
        return True  # its account was deleted meanwhile
    mail.reason = reason[:MAX_REASON]
    if mail.tries <= len(PAUSES):
        mail.due_at = now + PAUSES[mail.tries - 1]
        return True
    mail.given_up_at = now
    session.execute(delete(Mail).where(Mail.given_up_at < now - KEPT))
    return False
