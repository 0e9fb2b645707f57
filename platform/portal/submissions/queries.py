"""Every SELECT about submissions."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session, defer

from portal.models import Evidence, Kind, State, Submission

HISTORY_LENGTH = 50


class Best(NamedTuple):
    """How far somebody got with a challenge: the best score, nothing while none is graded."""

    challenge: str
    score: int | None
    max_score: int | None


def of_person(
    session: Session, person_id: uuid.UUID, submission_id: uuid.UUID
) -> Submission | None:
    """A submission, if it is this person's own."""
    return session.scalar(
        select(Submission).where(Submission.id == submission_id, Submission.person_id == person_id)
    )


def latest(
    session: Session, person_id: uuid.UUID, challenge: str, kind: Kind | None = None
) -> Submission | None:
    """The last thing that somebody handed in for a challenge."""
    wanted = _own(person_id, challenge)
    if kind is not None:
        wanted = wanted.where(Submission.kind == kind)
    return session.scalar(wanted.order_by(Submission.submitted_at.desc()).limit(1))


def history(session: Session, person_id: uuid.UUID, challenge: str) -> Sequence[Submission]:
    """Scored submissions for a challenge, the newest first, without their code."""
    wanted = _own(person_id, challenge).where(Submission.kind == Kind.SUBMISSION)
    light = wanted.options(defer(Submission.files), defer(Submission.result))
    return session.scalars(
        light.order_by(Submission.submitted_at.desc()).limit(HISTORY_LENGTH)
    ).all()


def number_of(session: Session, row: Submission) -> int:
    """Which of the person's submissions for this challenge it is, counted from 1."""
    earlier = select(func.count()).where(
        Submission.person_id == row.person_id,
        Submission.challenge == row.challenge,
        Submission.kind == row.kind,
        Submission.submitted_at <= row.submitted_at,
    )
    return session.scalar(earlier) or 1


def ahead_of(session: Session, row: Submission) -> int:
    """How many others wait before this one."""
    waiting = select(func.count()).where(
        Submission.state == State.QUEUED, Submission.submitted_at < row.submitted_at
    )
    return session.scalar(waiting) or 0


def best_scores(session: Session, person_id: uuid.UUID) -> Sequence[Best]:
    """The best score of every challenge that somebody has tried."""
    found = session.execute(
        select(Submission.challenge, func.max(Submission.score), func.max(Submission.max_score))
        .where(Submission.person_id == person_id, Submission.kind == Kind.SUBMISSION)
        .group_by(Submission.challenge)
    )
    return [Best(*row) for row in found]


def progress(
    session: Session, submission_id: uuid.UUID
) -> tuple[str, str | None, list[dict[str, Any]] | None] | None:
    """State, phase and live rows of one submission, without its code."""
    wanted = select(Submission.state, Submission.phase, Submission.rows)
    row = session.execute(wanted.where(Submission.id == submission_id)).one_or_none()
    return None if row is None else (row[0].value, row[1], row[2])


def evidence_of_run(session: Session, submission_id: uuid.UUID) -> list[dict[str, Any]] | None:
    """What the public checks of a run saw; nothing for a submission, whose checks are hidden."""
    return session.scalar(
        select(Evidence.checks)
        .join(Submission, Submission.id == Evidence.submission_id)
        .where(Submission.id == submission_id, Submission.kind == Kind.RUN)
    )


def expired(session: Session, now: datetime) -> Sequence[Submission]:
    """Submissions whose lease has run out."""
    wanted = select(Submission).where(
        Submission.state == State.RUNNING, Submission.lease_until < now
    )
    return session.scalars(wanted.options(defer(Submission.files))).all()


def unannounced(session: Session, before: datetime) -> Sequence[Submission]:
    """Queued submissions that nobody has announced to the queue since `before`."""
    wanted = select(Submission).where(
        Submission.state == State.QUEUED,
        or_(Submission.nudged_at.is_(None), Submission.nudged_at < before),
    )
    light = wanted.options(defer(Submission.files)).order_by(Submission.submitted_at)
    return session.scalars(light).all()


def _own(person_id: uuid.UUID, challenge: str) -> Select[Submission]:
    return select(Submission).where(
        Submission.person_id == person_id, Submission.challenge == challenge
    )
