"""Every SELECT about sittings."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, case, func, select
from sqlalchemy.orm import Session, defer

from portal.models import (
    Cause,
    DraftVersion,
    Kind,
    Sitting,
    SittingPart,
    SittingQuestion,
    State,
    Submission,
)

OURS = ("platform_error", "broken_challenge")
"""Verdicts that are nobody's work: they count for nothing and against nobody."""


class Tally(NamedTuple):
    """What somebody handed in for one part within the time: `best` once something is graded."""

    sitting_id: uuid.UUID
    number: int
    best: int | None
    hand_ins: int
    waiting: int
    lost: int
    runs: int


def of_person(session: Session, person_id: uuid.UUID, sitting_id: uuid.UUID) -> Sitting | None:
    """A sitting, if it is this person's own."""
    wanted = select(Sitting).where(Sitting.id == sitting_id, Sitting.person_id == person_id)
    return session.scalar(wanted)


def open_of(session: Session, person_id: uuid.UUID) -> Sitting | None:
    """The sitting of somebody that is not closed; it may be over all the same."""
    wanted = select(Sitting).where(Sitting.person_id == person_id, Sitting.closed_at.is_(None))
    return session.scalar(wanted)


def to_change(session: Session, sitting_id: uuid.UUID) -> Sitting:
    """The sitting as it is now; nobody else changes it until the end of the transaction."""
    return session.get_one(Sitting, sitting_id, with_for_update=True, populate_existing=True)


def due(session: Session, before: datetime) -> Sequence[uuid.UUID]:
    """Sittings that ended before that moment and are not closed yet."""
    wanted = select(Sitting.id).where(Sitting.closed_at.is_(None), Sitting.ends_at < before)
    return session.scalars(wanted.order_by(Sitting.ends_at)).all()


def parts(session: Session, sitting_id: uuid.UUID) -> Sequence[SittingPart]:
    """The challenges of a sitting, in order."""
    wanted = select(SittingPart).where(SittingPart.sitting_id == sitting_id)
    return session.scalars(wanted.order_by(SittingPart.number)).all()


def questions(session: Session, sitting_id: uuid.UUID) -> Sequence[SittingQuestion]:
    """The short questions of a sitting, in order."""
    wanted = select(SittingQuestion).where(SittingQuestion.sitting_id == sitting_id)
    return session.scalars(wanted.order_by(SittingQuestion.number)).all()


def running_with(
    session: Session, person_id: uuid.UUID, slug: str, now: datetime
) -> tuple[Sitting, SittingPart] | None:
    """The sitting that runs right now and has this challenge in it."""
    wanted = (
        select(Sitting, SittingPart)
        .join(SittingPart, SittingPart.sitting_id == Sitting.id)
        .where(SittingPart.challenge == slug, *_runs(person_id, now))
    )
    row = session.execute(wanted).first()
    return None if row is None else (row[0], row[1])


def running_that_asks(
    session: Session, person_id: uuid.UUID, slug: str, now: datetime
) -> Sitting | None:
    """The sitting that runs right now and asks questions from the quiz of this challenge."""
    asked = select(SittingQuestion.sitting_id).where(
        SittingQuestion.sitting_id == Sitting.id, SittingQuestion.challenge == slug
    )
    return session.scalar(select(Sitting).where(*_runs(person_id, now), asked.exists()))


def handed_in(session: Session, sitting_id: uuid.UUID) -> Sequence[Submission]:
    """Every submission and run that was accepted for it within the time, the first one first."""
    wanted = (
        select(Submission)
        .join(SittingPart, SittingPart.challenge == Submission.challenge)
        .join(Sitting, Sitting.id == SittingPart.sitting_id)
        .where(Sitting.id == sitting_id, _counts())
        .options(defer(Submission.files), defer(Submission.result), defer(Submission.rows))
    )
    return session.scalars(wanted.order_by(Submission.submitted_at)).all()


def with_results(session: Session, ids: Sequence[uuid.UUID]) -> Sequence[Submission]:
    """These submissions with their results, without their code."""
    wanted = select(Submission).where(Submission.id.in_(ids)).options(defer(Submission.files))
    return session.scalars(wanted.execution_options(populate_existing=True)).all()


def tallies(
    session: Session, person_id: uuid.UUID, sitting_id: uuid.UUID | None = None
) -> Sequence[Tally]:
    """How far each part of somebody's sittings came."""
    is_submission = Submission.kind == Kind.SUBMISSION
    graded = and_(is_submission, Submission.verdict.not_in(OURS))
    lost = and_(is_submission, Submission.verdict.in_(OURS))
    waiting = and_(is_submission, Submission.state != State.DONE)
    wanted = (
        select(
            SittingPart.sitting_id,
            SittingPart.number,
            func.max(case((graded, Submission.score))),
            _count(is_submission),
            _count(waiting),
            _count(lost) + case((SittingPart.refused_by_us, 1), else_=0),
            _count(Submission.kind == Kind.RUN),
        )
        .join(Sitting, Sitting.id == SittingPart.sitting_id)
        .outerjoin(Submission, and_(Submission.challenge == SittingPart.challenge, _counts()))
        .where(Sitting.person_id == person_id)
        .group_by(SittingPart.sitting_id, SittingPart.number, SittingPart.refused_by_us)
        .order_by(SittingPart.sitting_id, SittingPart.number)
    )
    if sitting_id is not None:
        wanted = wanted.where(Sitting.id == sitting_id)
    return [Tally(*row) for row in session.execute(wanted)]


def last_handed_in(session: Session, sitting: Sitting, slug: str) -> Submission | None:
    """What was last handed in for a challenge within the time, with its code."""
    wanted = select(Submission).where(
        Submission.person_id == sitting.person_id,
        Submission.challenge == slug,
        Submission.kind == Kind.SUBMISSION,
        Submission.submitted_at.between(sitting.started_at, sitting.ends_at),
    )
    return session.scalar(wanted.order_by(Submission.submitted_at.desc()).limit(1))


def last_saved(session: Session, sitting: Sitting, part: SittingPart) -> DraftVersion | None:
    """What the editor last saved within the time; what was only set aside was not in it."""
    wanted = select(DraftVersion).where(
        *_of_draft(sitting, part), DraftVersion.cause != Cause.SET_ASIDE
    )
    return session.scalar(wanted.order_by(DraftVersion.version.desc()).limit(1))


def saves(session: Session, sitting: Sitting, part: SittingPart) -> Sequence[datetime]:
    """When the editor saved something within the time."""
    return session.scalars(select(DraftVersion.saved_at).where(*_of_draft(sitting, part))).all()


def _of_draft(sitting: Sitting, part: SittingPart) -> tuple[ColumnElement[bool], ...]:
    return (
        DraftVersion.person_id == sitting.person_id,
        DraftVersion.challenge == part.challenge,
        DraftVersion.version > part.draft_version,
        DraftVersion.saved_at <= sitting.ends_at,
    )


def _runs(person_id: uuid.UUID, now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        Sitting.person_id == person_id,
        Sitting.closed_at.is_(None),
        Sitting.ends_at >= now,
    )


def _counts() -> ColumnElement[bool]:
    """The one rule of what counts: who accepted it decides nothing, when it was accepted does."""
    return and_(
        Submission.person_id == Sitting.person_id,
        Submission.submitted_at.between(Sitting.started_at, Sitting.ends_at),
    )


def _count(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.count(case((condition, Submission.id)))
