"""Everything that people write while they learn: notes, hints taken, giving up; never commits."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from portal.errors import BadInput, Conflict, NotFound, found
from portal.learning import queries
from portal.learning.lessons import Lesson
from portal.models import Base, Note, ShownHint, Surrender

MAX_NOTE_CHARACTERS = 20_000


@dataclass(frozen=True)
class Draft:
    """Notes as a page sends them: which page it is, and what it had been shown or told before."""

    text: str
    tab: uuid.UUID
    based_on: int
    over: int | None = None
    """The revision of another page that this one is to replace, once its reader has said so."""


class NoteChanged(Conflict):
    """Another page has changed the notes meanwhile; nothing is stored until somebody decides."""

    title = "Your notes were changed elsewhere"

    def __init__(self, stored: Note) -> None:
        super().__init__(
            "These notes were changed in another tab or on another device since this page was "
            "opened. Nothing is lost: yours stand above, the others below."
        )
        self.stored = stored


def save_note(
    session: Session, person_id: uuid.UUID, slug: str, draft: Draft, now: datetime
) -> Note:
    """Store the notes, unless another page has stored others since this one was opened."""
    text = _checked(draft.text)
    stored = queries.note(session, person_id, slug, to_change=True)
    if stored is None:
        first = Note(
            person_id=person_id, challenge=slug, text=text, revision=1, tab=draft.tab, saved_at=now
        )
        if add_once(session, first):
            return first
        # Another page was quicker by a moment.
        stored = found(queries.note(session, person_id, slug, to_change=True))
    if stored.tab != draft.tab and stored.revision not in (draft.based_on, draft.over):
        raise NoteChanged(stored)
    if (stored.text, stored.tab) != (text, draft.tab):
        stored.text, stored.tab, stored.saved_at = text, draft.tab, now
        stored.revision += 1
    return stored


def show_hint(
    session: Session, person_id: uuid.UUID, lesson: Lesson, number: int, now: datetime
) -> None:
    """Keep that a hint was asked for; asking twice is asking once."""
    seen = set(queries.shown_hints(session, person_id, lesson.slug))
    wanted = next((hint for hint in lesson.hints if hint.number == number), None)
    if wanted is None:
        raise NotFound("This challenge has no such hint. See its list of hints.")
    if number in seen:
        return
    same = [hint for hint in lesson.hints if hint.requirement == wanted.requirement]
    if any(hint.number < number and hint.number not in seen for hint in same):
        raise Conflict("One hint at a time: read the earlier one on this requirement first.")
    add_once(
        session,
        ShownHint(person_id=person_id, challenge=lesson.slug, number=number, shown_at=now),
    )


def give_up(session: Session, person_id: uuid.UUID, slug: str, now: datetime) -> None:
    """Keep that somebody wants to read the solution; they may go on and solve it all the same."""
    if queries.surrender(session, person_id, slug) is None:
        add_once(session, Surrender(person_id=person_id, challenge=slug, given_up_at=now))


def add_once(session: Session, row: Base) -> bool:
    """Store a row; False if a second click at the same moment has stored it already."""
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError:
        return False
    return True


def _checked(text: str) -> str:
    # Forms send line ends as CRLF, whatever was typed.
    text = text.replace("\r\n", "\n")
    if len(text) > MAX_NOTE_CHARACTERS:
        raise BadInput(
            f"Notes have at most {MAX_NOTE_CHARACTERS:,} characters, and these have "
            f"{len(text):,}. They are not saved: shorten them and save again."
        )
    if "\0" in text:
        raise BadInput(
            "These notes have a character that cannot be stored (NUL). Take it out and save again."
        )
    return text
