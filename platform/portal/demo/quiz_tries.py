"""Goes at the quizzes of what was practised: each answer is one that the quiz really offers."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, insert, select

from graders.quiz import Question
from portal.demo.stage import Stage, new_id
from portal.learning.lessons import Lesson, lesson_of
from portal.models import QuizTry, Submission

TAKES_IT = 0.6
TAKES_IT_AGAIN = 0.4
KNOWS = (0.7, 0.95)
"""How likely a right answer is, at the first go and at the second."""


def fill(stage: Stage) -> None:
    """Add them, each some minutes after the last thing that was handed in for the challenge."""
    chance = stage.chance("quiz tries")
    lessons = {package.slug: lesson_of(package) for package in stage.packages}
    rows = list(_rows(stage, lessons, chance))
    if rows:
        stage.session.execute(insert(QuizTry), rows)
    stage.told.append(f"{len(rows)} goes at a quiz")


def _rows(
    stage: Stage, lessons: Mapping[str, Lesson], chance: random.Random
) -> Iterator[dict[str, Any]]:
    ended = func.max(Submission.submitted_at)
    practised = (
        select(Submission.person_id, Submission.challenge, ended)
        .where(Submission.person_id.in_([person.id for person in stage.people]))
        .group_by(Submission.person_id, Submission.challenge)
        .order_by(Submission.person_id, Submission.challenge)
    )
    for person_id, slug, last in stage.session.execute(practised):
        for go, knows in enumerate(KNOWS):
            if chance.random() > (TAKES_IT_AGAIN if go else TAKES_IT):
                break
            last = _soon(last, stage.now, chance)
            yield {
                "id": new_id(chance),
                "person_id": person_id,
                "challenge": slug,
                "quiz_digest": lessons[slug].quiz_digest,
                **_answers(lessons[slug], knows, chance),
                "answered_at": last,
            }


def _soon(last: datetime, now: datetime, chance: random.Random) -> datetime:
    return min(last + timedelta(minutes=chance.uniform(4, 20)), now)


def _answers(lesson: Lesson, knows: float, chance: random.Random) -> dict[str, Any]:
    known = [chance.random() < knows for _question in lesson.questions]
    return {
        "chosen": [
            _right(question) if is_known else _wrong(question, chance)
            for question, is_known in zip(lesson.questions, known, strict=True)
        ],
        "right_count": sum(known),
        "question_count": len(known),
    }


def _right(question: Question) -> list[int]:
    return [place for place, each in enumerate(question.answer) if each.right]


def _wrong(question: Question, chance: random.Random) -> list[int]:
    """One answer that is wrong, alone."""
    return [chance.choice([n for n, each in enumerate(question.answer) if not each.right])]
