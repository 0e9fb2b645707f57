"""The short questions of a sitting: asked without a hint, saved on the way, explained at the end."""

from __future__ import annotations

import random
import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from graders.quiz import Question
from portal.errors import Conflict, NotFound
from portal.learning.quiz import Asked, Option
from portal.models import SittingQuestion
from portal.sittings import queries
from portal.sittings.clock import is_over


class TooLate(Conflict):
    title = "The time was over"

    def __init__(self) -> None:
        super().__init__(
            "This answer came after the end, so it was not stored. Everything that was saved within "
            "the time is kept and counts; open the report to see it."
        )


def asked(rows: Sequence[SittingQuestion]) -> list[Asked]:
    """The questions with what is chosen so far, and nothing of what would be right."""
    return [_asked(row, explained=False) for row in rows]


def explained(rows: Sequence[SittingQuestion]) -> list[Asked]:
    """The questions after the end: what was right, and why."""
    return [_asked(row, explained=True) for row in rows]


def asked_only(row: SittingQuestion) -> dict[str, Any]:
    """What its owner may always read of a stored question."""
    question = Question.model_validate(row.asked)
    return {"text": question.text, "answers": [each.text for each in question.answer]}


def save(
    session: Session, sitting_id: uuid.UUID, number: int, values: Sequence[str], now: datetime
) -> None:
    """Store an answer; it may be changed, or taken back, until the end."""
    if is_over(queries.to_change(session, sitting_id), now):
        raise TooLate
    row = session.get(SittingQuestion, (sitting_id, number))
    if row is None:
        raise NotFound("This interview has no such question. Go back to its page.")
    row.chosen = _picked(Question.model_validate(row.asked), values)
    row.saved_at = now


def is_right(row: SittingQuestion) -> bool:
    """Whether all that is right was chosen, and nothing else."""
    question = Question.model_validate(row.asked)
    return set(row.chosen or ()) == {n for n, each in enumerate(question.answer) if each.right}


def _picked(question: Question, values: Sequence[str]) -> list[int] | None:
    """The answers by their place; what nobody offered is none."""
    known = {str(place): place for place in range(len(question.answer))}
    picked = sorted({known[value] for value in values if value in known})
    if len(picked) > 1 and not _takes_several(question):
        picked = picked[:1]
    return picked or None


def _asked(row: SittingQuestion, *, explained: bool) -> Asked:
    question = Question.model_validate(row.asked)
    order = list(range(len(question.answer)))
    random.Random(f"{row.sitting_id}:{row.number}").shuffle(order)  # noqa: S311 - no secret
    return Asked(
        number=row.number,
        name=f"question-{row.number}",
        text=question.text,
        takes_several=_takes_several(question),
        options=[
            Option(
                number=place,
                text=question.answer[place].text,
                is_chosen=place in (row.chosen or ()),
                is_right=question.answer[place].right if explained else None,
            )
            for place in order
        ],
        is_right=is_right(row) if explained else None,
        explanation=question.explanation if explained else None,
    )


def _takes_several(question: Question) -> bool:
    return sum(each.right for each in question.answer) > 1
