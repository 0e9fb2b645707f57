"""Every SELECT about what people keep while they learn."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from graders.package import FULL_SCORE
from portal.models import Kind, Note, QuizTry, ShownHint, Submission, Surrender


def note(
    session: Session, person_id: uuid.UUID, slug: str, *, to_change: bool = False
) -> Note | None:
    """What somebody wrote down; nobody else changes it until the end of the transaction."""
    return session.get(Note, (person_id, slug), with_for_update=True if to_change else None)


def shown_hints(session: Session, person_id: uuid.UUID, slug: str) -> dict[int, datetime]:
    """When somebody asked for each hint that they have seen, by its number."""
    wanted = select(ShownHint.number, ShownHint.shown_at).where(
        ShownHint.person_id == person_id, ShownHint.challenge == slug
    )
    return dict(session.execute(wanted).all())


def standing(session: Session, person_id: uuid.UUID, slug: str) -> tuple[bool, datetime | None]:
    """Whether somebody has had all points, on any version, and when they gave the challenge up."""
    solved = select(Submission.id).where(
        Submission.person_id == person_id,
        Submission.challenge == slug,
        Submission.kind == Kind.SUBMISSION,
        Submission.score == FULL_SCORE,
    )
    gave_up = select(Surrender.given_up_at).where(
        Surrender.person_id == person_id, Surrender.challenge == slug
    )
    is_solved, given_up_at = session.execute(
        select(solved.exists(), gave_up.scalar_subquery())
    ).one()
    return bool(is_solved), given_up_at


def surrender(session: Session, person_id: uuid.UUID, slug: str) -> Surrender | None:
    """That somebody has given a challenge up, if they have."""
    return session.get(Surrender, (person_id, slug))


def quiz_tries(session: Session, person_id: uuid.UUID, slug: str) -> Sequence[QuizTry]:
    """Every go at a quiz, the newest first."""
    wanted = select(QuizTry).where(QuizTry.person_id == person_id, QuizTry.challenge == slug)
    return session.scalars(wanted.order_by(QuizTry.answered_at.desc())).all()


def quiz_try(
    session: Session, person_id: uuid.UUID, slug: str, try_id: uuid.UUID
) -> QuizTry | None:
    """One go at the quiz of this challenge, if it is this person's own."""
    wanted = select(QuizTry).where(
        QuizTry.id == try_id, QuizTry.person_id == person_id, QuizTry.challenge == slug
    )
    return session.scalar(wanted)
