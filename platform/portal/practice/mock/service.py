"""Begins and ends mock interviews; never commits."""

from __future__ import annotations

import secrets
import uuid
from datetime import datetime, timedelta

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from graders.description import LEVELS
from graders.quiz import Question
from portal.catalog.library import Library
from portal.drafts import service as drafts
from portal.drafts.queries import hold
from portal.errors import BadInput, BeingRepaired, Conflict, TooFast, found
from portal.learning.lessons import Lessons
from portal.models import Cause, Mock, Sitting, SittingPart, SittingQuestion
from portal.practice.mock import queries
from portal.practice.mock.choosing import Chosen, Quiz, Wish, choose
from portal.practice.mock.roles import LENGTHS, ROLES
from portal.sittings import queries as sittings
from portal.sittings.clock import is_over
from portal.sittings.ending import close
from portal.submissions.service import SEED_BITS

AS_FITS = ""
"""The level that the role begins with."""
MOST_A_DAY = 20


def wish(role: str, level: str, minutes: str, library: Library) -> Wish:
    """What a form asks for; anything that is not on offer is refused in words."""
    if role not in ROLES:
        raise BadInput(f"Choose a role: {', '.join(each.title for each in ROLES.values())}.")
    levels = levels_of(library)
    if level == AS_FITS:
        level = next((each for each in ROLES[role].levels if each in levels), LEVELS[0])
    elif level not in levels:
        raise BadInput(f"Choose a level: {', '.join(each.capitalize() for each in levels)}.")
    lengths = {str(each): length for each, length in LENGTHS.items()}
    if minutes not in lengths:
        raise BadInput(f"Choose a length: {', '.join(lengths)} minutes.")
    return Wish(ROLES[role], level, lengths[minutes])


def levels_of(library: Library) -> list[str]:
    """The levels that there are challenges of, the easy ones first."""
    there = {entry.level for entry in library.entries}
    return [level for level in LEVELS if level in there]


def start(
    session: Session,
    person_id: uuid.UUID,
    wished: Wish,
    library: Library,
    lessons: Lessons,
    now: datetime,
) -> tuple[uuid.UUID, list[uuid.UUID]]:
    """Begin one, or go on with the one that runs; and what closing an old one handed in."""
    hold(session, person_id)
    there, announced = sittings.open_of(session, person_id), list[uuid.UUID]()
    if there is not None and not is_over(there, now):
        return there.id, []
    if there is not None:
        announced = close(session, there, library.get, now)
    if queries.begun_since(session, person_id, now - timedelta(days=1)) >= MOST_A_DAY:
        raise TooFast(
            f"You have begun {MOST_A_DAY} mock interviews within a day, which is the most there "
            "are. Read their reports, practise single challenges, and come back tomorrow."
        )
    seed = secrets.randbits(SEED_BITS)
    chosen = choose(list(library), wished, queries.known(session, person_id), _quiz(lessons), seed)
    if not chosen.packages:
        raise Conflict("There are no challenges on this site yet, so nothing can be asked.")
    sitting = Sitting(
        person_id=person_id,
        started_at=now,
        ends_at=now + timedelta(minutes=wished.length.minutes),
    )
    try:
        with session.begin_nested():
            session.add(sitting)
    except IntegrityError:
        # Another tab was quicker by a moment.
        return found(sittings.open_of(session, person_id)).id, announced
    _fill(session, sitting, wished, chosen, seed)
    return sitting.id, announced


def end(session: Session, sitting: Sitting, library: Library, now: datetime) -> list[uuid.UUID]:
    """End it now; a second click changes nothing."""
    return close(session, sitting, library.get, now)


def _fill(session: Session, sitting: Sitting, wished: Wish, chosen: Chosen, seed: int) -> None:
    role = next(name for name, each in ROLES.items() if each == wished.role)
    session.add(
        Mock(
            sitting_id=sitting.id,
            role=role,
            level=wished.level,
            minutes=wished.length.minutes,
            seed=seed,
            remarks=chosen.remarks,
        )
    )
    for number, package in enumerate(chosen.packages, start=1):
        draft = drafts.replace(
            session,
            sitting.person_id,
            package.slug,
            package.starter,
            Cause.SITTING,
            sitting.started_at,
        )
        session.add(
            SittingPart(
                sitting_id=sitting.id,
                number=number,
                challenge=package.slug,
                minutes=package.description.minutes,
                draft_version=draft.version,
            )
        )
    for number, (slug, question) in enumerate(chosen.questions, start=1):
        session.add(
            SittingQuestion(
                sitting_id=sitting.id,
                number=number,
                challenge=slug,
                asked=question.model_dump(mode="json"),
            )
        )
    session.flush()


def _quiz(lessons: Lessons) -> Quiz:
    def questions(slug: str) -> tuple[Question, ...]:
        try:
            return lessons.get(slug).questions
        except BeingRepaired:
            return ()

    return questions
