"""Every SELECT about drafts."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.drafts.thinning import Kept
from portal.models import Cause, Draft, DraftVersion, Person, Sitting, SittingPart


def hold(session: Session, person_id: uuid.UUID) -> None:
    """Let nobody else save drafts of this person until the end of the transaction.

    The person is locked and not the draft, since that may not be there yet.
    """
    session.scalar(select(Person.id).where(Person.id == person_id).with_for_update(key_share=True))


def current(session: Session, person_id: uuid.UUID, challenge: str) -> Draft | None:
    """The draft as it was saved last."""
    return session.get(Draft, (person_id, challenge))


def version(
    session: Session, person_id: uuid.UUID, challenge: str, number: int
) -> DraftVersion | None:
    """One kept version."""
    return session.get(DraftVersion, (person_id, challenge, number))


def versions(session: Session, person_id: uuid.UUID, challenge: str) -> Sequence[DraftVersion]:
    """All kept versions with their files, the newest first; `BYTES_KEPT` bounds them."""
    wanted = select(DraftVersion).where(
        DraftVersion.person_id == person_id, DraftVersion.challenge == challenge
    )
    return session.scalars(wanted.order_by(DraftVersion.version.desc())).all()


def newest_number(session: Session, person_id: uuid.UUID, challenge: str) -> int:
    """The highest number that a version has so far."""
    wanted = select(func.max(DraftVersion.version)).where(
        DraftVersion.person_id == person_id, DraftVersion.challenge == challenge
    )
    return session.scalar(wanted) or 0


def kept(session: Session, person_id: uuid.UUID, challenge: str) -> list[Kept]:
    """What there is to thin out, the newest first, without any code."""
    of = DraftVersion
    found = session.execute(
        select(of.version, of.saved_at, of.size, of.cause)
        .where(of.person_id == person_id, of.challenge == challenge)
        .order_by(of.version.desc())
    )
    return [Kept(number, at, size, cause == Cause.TYPED) for number, at, size, cause in found]


def awaited(session: Session, person_id: uuid.UUID, challenge: str) -> int | None:
    """The version that a sitting still has to hand in: what was typed since must not push it out."""
    wanted = (
        select(func.max(DraftVersion.version))
        .join(Sitting, Sitting.person_id == DraftVersion.person_id)
        .join(SittingPart, SittingPart.sitting_id == Sitting.id)
        .where(
            DraftVersion.person_id == person_id,
            DraftVersion.challenge == challenge,
            DraftVersion.cause != Cause.SET_ASIDE,
            DraftVersion.saved_at <= Sitting.ends_at,
            SittingPart.challenge == challenge,
            Sitting.closed_at.is_(None),
        )
    )
    return session.scalar(wanted)
