"""The learning page of a challenge as its reader sees it: never more than is due."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup
from sqlalchemy.orm import Session

from portal.errors import PortalError
from portal.learning import queries
from portal.learning.lessons import Help, Lesson
from portal.learning.service import MAX_NOTE_CHARACTERS, Draft, NoteChanged
from portal.markdown import render
from portal.models import Note
from portal.sittings.under_way import HELP_CLOSED


@dataclass(frozen=True)
class HintView:
    """A hint that was asked for."""

    number: int
    html: Markup
    shown_at: str


@dataclass(frozen=True)
class HintGroup:
    """The hints on one requirement: those that were asked for, and which one would be next."""

    title: str
    hints: list[HintView]
    count: int
    next_number: int | None


@dataclass(frozen=True)
class EditorialView:
    """The worked solution, if it is due; `given_up_at` also when it is solved since."""

    html: Markup | None
    is_solved: bool
    given_up_at: str | None


NO_EDITORIAL = EditorialView(html=None, is_solved=False, given_up_at=None)


@dataclass(frozen=True)
class QuizView:
    """How somebody did in the quiz so far."""

    question_count: int
    tries: int
    best: str | None
    last: str | None
    last_id: str | None


@dataclass(frozen=True)
class NotesView:
    """The notes in their field, what is stored, and what stands in the way of storing them."""

    text: str
    tab: str
    revision: int
    saved_at: str | None
    html: Markup | None
    problem: str | None = None
    other_text: str | None = None
    other_revision: int | None = None
    other_saved_at: str | None = None
    max_characters: int = MAX_NOTE_CHARACTERS


@dataclass(frozen=True)
class LearningView:
    """The whole page."""

    slug: str
    title: str
    groups: list[HintGroup]
    hint_count: int
    seen_count: int
    editorial: EditorialView
    quiz: QuizView
    notes: NotesView
    closed: str | None
    """Why there is no help right now."""


def view(
    session: Session,
    person_id: uuid.UUID,
    lesson: Lesson,
    notes: NotesView | None = None,
    *,
    is_closed: bool = False,
) -> LearningView:
    """Everything on the page; `notes` if they were just refused."""
    seen = {} if is_closed else queries.shown_hints(session, person_id, lesson.slug)
    return LearningView(
        slug=lesson.slug,
        title=lesson.package.description.title,
        groups=[] if is_closed else _groups(lesson, seen),
        hint_count=len(lesson.hints),
        seen_count=len([hint for hint in lesson.hints if hint.number in seen]),
        editorial=NO_EDITORIAL if is_closed else _editorial(session, person_id, lesson),
        quiz=_quiz(session, person_id, lesson),
        notes=notes or _notes(queries.note(session, person_id, lesson.slug)),
        closed=HELP_CLOSED if is_closed else None,
    )


def refused_notes(draft: Draft, error: PortalError, stored: Note | None) -> NotesView:
    """Notes that were not stored, with every word of them still in the field."""
    other = error.stored if isinstance(error, NoteChanged) else None
    return NotesView(
        text=draft.text.replace("\0", ""),
        tab=str(draft.tab),
        revision=draft.based_on,
        saved_at=stored.saved_at.isoformat() if stored and not other else None,
        html=None,
        problem=error.detail,
        other_text=other.text if other else None,
        other_revision=other.revision if other else None,
        other_saved_at=other.saved_at.isoformat() if other else None,
    )


def _notes(stored: Note | None) -> NotesView:
    return NotesView(
        text=stored.text if stored else "",
        tab=str(uuid.uuid4()),
        revision=stored.revision if stored else 0,
        saved_at=stored.saved_at.isoformat() if stored else None,
        html=render(stored.text) if stored and stored.text.strip() else None,
    )


def _groups(lesson: Lesson, seen: Mapping[int, datetime]) -> list[HintGroup]:
    by_requirement: dict[str, list[Help]] = {}
    for hint in lesson.hints:
        by_requirement.setdefault(hint.requirement, []).append(hint)
    return [
        HintGroup(
            title=hints[0].title,
            hints=[
                HintView(hint.number, hint.html, seen[hint.number].isoformat())
                for hint in hints
                if hint.number in seen
            ],
            count=len(hints),
            next_number=next((hint.number for hint in hints if hint.number not in seen), None),
        )
        for hints in by_requirement.values()
    ]


def _editorial(session: Session, person_id: uuid.UUID, lesson: Lesson) -> EditorialView:
    is_solved, given_up_at = queries.standing(session, person_id, lesson.slug)
    return EditorialView(
        html=lesson.editorial_html if is_solved or given_up_at else None,
        is_solved=is_solved,
        given_up_at=given_up_at.isoformat() if given_up_at else None,
    )


def _quiz(session: Session, person_id: uuid.UUID, lesson: Lesson) -> QuizView:
    tries = queries.quiz_tries(session, person_id, lesson.slug)
    if not tries:
        return QuizView(len(lesson.questions), 0, None, None, None)
    best = max(tries, key=lambda each: each.right_count / each.question_count)
    return QuizView(
        question_count=len(lesson.questions),
        tries=len(tries),
        best=f"{best.right_count} of {best.question_count}",
        last=f"{tries[0].right_count} of {tries[0].question_count}",
        last_id=str(tries[0].id),
    )
