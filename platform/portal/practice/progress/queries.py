"""Every SELECT about what somebody did so far, each bounded to what their progress needs."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import JSON, ColumnElement, case, cast, func, select
from sqlalchemy.dialects.postgresql import JSONB, JSONPATH
from sqlalchemy.orm import Session

from graders.description import MAX_REQUIREMENTS
from portal.models import Kind, QuizTry, ShownHint, Submission

TOLD = ("name", "status")
"""What is read of each requirement in a result."""


class HandedIn(NamedTuple):
    """A submission or a run: of its result only how each requirement ended, name by name."""

    challenge: str
    kind: Kind
    at: datetime
    score: int | None
    told: list[str | None] | None
    """The names of all requirements, and then as many statuses; there may be blanks at the ends."""

    @property
    def ends(self) -> Iterator[tuple[str, str]]:
        """Each requirement's name, with how it ended."""
        told = self.told or []
        half = len(told) // 2
        for name, status in zip(told[:half], told[half:], strict=True):
            if name is not None and status is not None:
                yield name, status


class Answered(NamedTuple):
    """A go at a quiz."""

    challenge: str
    right_count: int
    question_count: int
    at: datetime


def handed_in(session: Session, person_id: uuid.UUID) -> Sequence[HandedIn]:
    """Everything that somebody handed in, the oldest first."""
    dialect = session.get_bind().dialect.name
    wanted = select(
        Submission.challenge,
        Submission.kind,
        Submission.submitted_at,
        Submission.score,
        case((Submission.kind == Kind.SUBMISSION, _told(dialect))),
    )
    mine = wanted.where(Submission.person_id == person_id)
    return [HandedIn(*row) for row in session.execute(mine.order_by(Submission.submitted_at))]


def answered(session: Session, person_id: uuid.UUID) -> Sequence[Answered]:
    """Every go at a quiz, the oldest first."""
    wanted = select(
        QuizTry.challenge, QuizTry.right_count, QuizTry.question_count, QuizTry.answered_at
    )
    mine = wanted.where(QuizTry.person_id == person_id)
    return [Answered(*row) for row in session.execute(mine.order_by(QuizTry.answered_at))]


def hints_read(session: Session, person_id: uuid.UUID) -> dict[str, int]:
    """How many hints somebody has asked for, by challenge."""
    wanted = select(ShownHint.challenge, func.count()).where(ShownHint.person_id == person_id)
    return dict(session.execute(wanted.group_by(ShownHint.challenge)).all())


def _told(dialect: str) -> ColumnElement[Any]:
    """Names and statuses of the requirements in a result.

    The database cuts them out, in one reading of the text: a whole result is some kilobytes of
    checks and messages, and somebody has hundreds of them.
    """
    if dialect == "sqlite":
        places = range(MAX_REQUIREMENTS)
        paths = [f"$.requirements[{place}].{key}" for key in TOLD for place in places]
        return func.json_extract(Submission.result, *paths, type_=JSON)
    whole = cast(Submission.result, JSONB)
    names, statuses = (
        func.jsonb_path_query_array(whole, cast(f"$.requirements[*].{key}", JSONPATH), type_=JSONB)
        for key in TOLD
    )
    return names.concat(statuses)
