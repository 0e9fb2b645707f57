"""A quiz as one person meets it: its own order, what was chosen, and what each answer was worth."""

from __future__ import annotations

import hashlib
import random
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from graders.quiz import Question
from portal.errors import BadInput, FieldError, NotFound
from portal.learning import queries
from portal.learning.lessons import Lesson
from portal.learning.service import add_once
from portal.models import QuizTry


@dataclass(frozen=True)
class Option:
    """Something to choose; whether it is right is only known once the quiz is answered."""

    number: int
    text: str
    is_chosen: bool = False
    is_right: bool | None = None


@dataclass(frozen=True)
class Asked:
    """A question on the page; `number` is its place there, `name` what its field is called."""

    number: int
    name: str
    text: str
    takes_several: bool
    options: list[Option]
    problem: str | None = None
    is_right: bool | None = None
    explanation: str | None = None


class Unanswered(BadInput):
    """Some questions have no answer that could be taken; the others are not lost."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__(
            "Not every question has an answer yet. Those that are missing one are marked.",
            tuple(FieldError(name, "Choose an answer.") for name in names),
        )


def asked(
    lesson: Lesson, person_id: uuid.UUID, chosen: Mapping[str, set[int]], missing: Sequence[str]
) -> list[Asked]:
    """The quiz to be answered, with what was chosen so far."""
    return [
        Asked(
            number=number,
            name=_name(place),
            text=question.text,
            takes_several=_takes_several(question),
            options=[
                Option(each, question.answer[each].text, each in chosen.get(_name(place), set()))
                for each in order
            ],
            problem="Choose an answer." if _name(place) in missing else None,
        )
        for number, place, question, order in _arranged(lesson, person_id)
    ]


def explained(lesson: Lesson, person_id: uuid.UUID, chosen: Sequence[Sequence[int]]) -> list[Asked]:
    """The quiz as it was answered: what was right, and why."""
    return [
        Asked(
            number=number,
            name=_name(place),
            text=question.text,
            takes_several=_takes_several(question),
            options=[
                Option(
                    each,
                    question.answer[each].text,
                    each in chosen[place],
                    question.answer[each].right,
                )
                for each in order
            ],
            is_right=_is_right(question, chosen[place]),
            explanation=question.explanation,
        )
        for number, place, question, order in _arranged(lesson, person_id)
    ]


def choices(lesson: Lesson, fields: Mapping[str, Sequence[str]]) -> dict[str, set[int]]:
    """What a form chose, by the name of the question; what it cannot have chosen is left out."""
    found: dict[str, set[int]] = {}
    for place, question in enumerate(lesson.questions):
        values = fields.get(_name(place), ())
        known = {str(number): number for number in range(len(question.answer))}
        picked = {known[value] for value in values if value in known}
        if picked and (len(picked) == 1 or _takes_several(question)):
            found[_name(place)] = picked
    return found


def answer(
    session: Session,
    person_id: uuid.UUID,
    lesson: Lesson,
    try_id: uuid.UUID,
    chosen: Mapping[str, set[int]],
    now: datetime,
) -> None:
    """Store one go at the quiz; sending the same page twice is one go."""
    if queries.quiz_try(session, person_id, lesson.slug, try_id) is not None:
        return
    names = [_name(place) for place in range(len(lesson.questions))]
    missing = [name for name in names if name not in chosen]
    if missing:
        raise Unanswered(missing)
    picked = [sorted(chosen[name]) for name in names]
    row = QuizTry(
        id=try_id,
        person_id=person_id,
        challenge=lesson.slug,
        quiz_digest=lesson.quiz_digest,
        chosen=picked,
        right_count=sum(map(_is_right, lesson.questions, picked)),
        question_count=len(names),
        answered_at=now,
    )
    if not add_once(session, row) and not queries.quiz_try(session, person_id, lesson.slug, try_id):
        raise NotFound  # the id is somebody else's


def _arranged(
    lesson: Lesson, person_id: uuid.UUID
) -> Iterator[tuple[int, int, Question, list[int]]]:
    """Number on the page, place in the file, question, and the order of its answers.

    Each person has an order of their own, which stays, so a try can be compared with the next.
    """
    seed = hashlib.sha256(f"{person_id}:{lesson.slug}".encode()).digest()
    shuffled = random.Random(seed)  # noqa: S311 - an order, no secret
    places = list(range(len(lesson.questions)))
    shuffled.shuffle(places)
    for number, place in enumerate(places, start=1):
        order = list(range(len(lesson.questions[place].answer)))
        shuffled.shuffle(order)
        yield number, place, lesson.questions[place], order


def _name(place: int) -> str:
    return f"question-{place + 1}"


def _takes_several(question: Question) -> bool:
    return sum(each.right for each in question.answer) > 1


def _is_right(question: Question, chosen: Sequence[int]) -> bool:
    return set(chosen) == {place for place, each in enumerate(question.answer) if each.right}
