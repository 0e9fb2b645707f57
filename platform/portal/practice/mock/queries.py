"""Every SELECT about mock interviews."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Select, and_, case, func, select
from sqlalchemy.orm import Session

from graders.package import FULL_SCORE
from portal.models import Certificate, Kind, Mock, Sitting, Submission
from portal.practice.mock.choosing import Known

SHOWN = 50
"""Past interviews on the page."""


class Row(NamedTuple):
    """A mock interview: its sitting, what was chosen, and the certificate that is valid now."""

    sitting: Sitting
    mock: Mock
    certificate: Certificate | None


def of_person(session: Session, person_id: uuid.UUID, sitting_id: uuid.UUID) -> Row | None:
    """A mock interview, if it is this person's own."""
    found = session.execute(_rows(person_id).where(Sitting.id == sitting_id)).first()
    return None if found is None else Row(found[0], found[1], found[2])


def past(session: Session, person_id: uuid.UUID) -> Sequence[Row]:
    """Somebody's mock interviews, the newest first."""
    wanted = _rows(person_id).order_by(Sitting.started_at.desc()).limit(SHOWN)
    return [Row(sitting, mock, valid) for sitting, mock, valid in session.execute(wanted)]


def known(session: Session, person_id: uuid.UUID) -> dict[str, Known]:
    """Which challenges somebody has tried, and when they last had all points."""
    full = case((Submission.score == FULL_SCORE, Submission.submitted_at))
    wanted = (
        select(Submission.challenge, func.max(full))
        .where(Submission.person_id == person_id, Submission.kind == Kind.SUBMISSION)
        .group_by(Submission.challenge)
    )
    return {slug: Known(solved_at) for slug, solved_at in session.execute(wanted)}


def begun_since(session: Session, person_id: uuid.UUID, moment: datetime) -> int:
    """How many somebody has begun since then."""
    wanted = select(func.count()).where(Sitting.person_id == person_id, Sitting.started_at > moment)
    return session.scalar(wanted) or 0


def _rows(person_id: uuid.UUID) -> Select[Sitting, Mock, Certificate]:
    valid = and_(Certificate.sitting_id == Sitting.id, Certificate.revoked_at.is_(None))
    return (
        select(Sitting, Mock, Certificate)
        .join(Mock, Mock.sitting_id == Sitting.id)
        .outerjoin(Certificate, valid)
        .where(Sitting.person_id == person_id)
    )
