"""The quiz of a challenge: its questions, and what each answer was worth once they are answered."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse
from starlette.datastructures import FormData

from portal.accounts.identity import PagePerson
from portal.database import RequestSession
from portal.errors import found
from portal.learning import queries
from portal.learning import quiz as quizzes
from portal.learning.lessons import Lesson, lessons_of
from portal.learning.quiz import Asked, Unanswered
from portal.models import utc_now
from portal.render import page
from portal.sittings import under_way

router = APIRouter(include_in_schema=False)

TRY = "try"
"""The field that names this go, so that a form sent twice counts once."""


@dataclass(frozen=True)
class QuizPage:
    """The questions, answered or not; without any when they have changed since the answer."""

    slug: str
    title: str
    try_id: str
    questions: list[Asked]
    question_count: int
    problem: str | None = None
    right_count: int | None = None
    answered_at: str | None = None


async def sent_fields(request: Request) -> Mapping[str, Sequence[str]]:
    """Every field of the form by its name; a field may have been sent more than once."""
    form: FormData = await request.form()
    return {name: [str(value) for value in form.getlist(name)] for name in form}


@router.get("/challenges/{slug}/learn/quiz", name="learning:quiz")
def quiz(request: Request, slug: str, person: PagePerson, session: RequestSession) -> Response:
    lesson = lessons_of(request).get(slug)
    under_way.refuse_quiz(session, person.id, slug, utc_now())
    return _ask(request, lesson, person.id, uuid.uuid4(), {}, None)


@router.post("/challenges/{slug}/learn/quiz", name="learning:answer_quiz")
def answer_quiz(
    request: Request,
    slug: str,
    person: PagePerson,
    session: RequestSession,
    fields: Annotated[Mapping[str, Sequence[str]], Depends(sent_fields)],
) -> Response:
    lesson = lessons_of(request).get(slug)
    under_way.refuse_quiz(session, person.id, slug, utc_now())
    try_id = _try_id(fields)
    chosen = quizzes.choices(lesson, fields)
    try:
        quizzes.answer(session, person.id, lesson, try_id, chosen, utc_now())
    except Unanswered as error:
        return _ask(request, lesson, person.id, try_id, chosen, error)
    return RedirectResponse(f"/challenges/{slug}/learn/quiz/{try_id}", status_code=303)


@router.get("/challenges/{slug}/learn/quiz/{try_id}", name="learning:quiz_try")
def quiz_try(
    request: Request, slug: str, try_id: uuid.UUID, person: PagePerson, session: RequestSession
) -> Response:
    lesson = lessons_of(request).get(slug)
    row = found(queries.quiz_try(session, person.id, slug, try_id))
    under_way.refuse_quiz(session, person.id, slug, utc_now())
    same = row.quiz_digest == lesson.quiz_digest
    answered = QuizPage(
        slug=slug,
        title=lesson.package.description.title,
        try_id=str(row.id),
        questions=quizzes.explained(lesson, person.id, row.chosen) if same else [],
        question_count=row.question_count,
        right_count=row.right_count,
        answered_at=row.answered_at.isoformat(),
    )
    return page(request, "learning/quiz_try.html", quiz=answered)


def _ask(
    request: Request,
    lesson: Lesson,
    person_id: uuid.UUID,
    try_id: uuid.UUID,
    chosen: Mapping[str, set[int]],
    error: Unanswered | None,
) -> Response:
    missing = [field.field for field in error.fields] if error else []
    view = QuizPage(
        slug=lesson.slug,
        title=lesson.package.description.title,
        try_id=str(try_id),
        questions=quizzes.asked(lesson, person_id, chosen, missing),
        question_count=len(lesson.questions),
        problem=error.detail if error else None,
    )
    status = error.status if error else 200
    return page(request, "learning/quiz.html", status_code=status, quiz=view)


def _try_id(fields: Mapping[str, Sequence[str]]) -> uuid.UUID:
    try:
        return uuid.UUID(next(iter(fields.get(TRY, ())), ""))
    except ValueError:
        return uuid.uuid4()  # a form of somebody's own making; its answers count all the same
