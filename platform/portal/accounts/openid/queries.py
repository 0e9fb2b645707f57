"""What is read of identities at a provider."""

from __future__ import annotations

import uuid

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.models import Identity, Person


def person_of_subject(session: Session, issuer: str, subject: str) -> Person | None:
    """Whose identity this is."""
    return session.scalar(
        select(Person)
        .join(Identity, Identity.person_id == Person.id)
        .where(Identity.issuer == issuer, Identity.subject == subject)
    )


def has_identity(session: Session, person_id: uuid.UUID, issuer: str) -> bool:
    """Whether an account is connected with somebody at this provider."""
    wanted = select(Identity.id).where(Identity.person_id == person_id, Identity.issuer == issuer)
    return session.scalar(wanted) is not None
