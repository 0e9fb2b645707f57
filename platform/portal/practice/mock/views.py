"""The pages of mock interviews as their reader sees them."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from graders.package import FULL_SCORE
from portal.catalog.library import Library
from portal.errors import NotFound
from portal.learning.quiz import Asked
from portal.practice.mock import queries
from portal.practice.mock.queries import SHOWN, Row
from portal.practice.mock.roles import LENGTHS, ROLES, Length, Role
from portal.practice.mock.service import AS_FITS, levels_of
from portal.sittings import queries as sittings
from portal.sittings import questions
from portal.sittings.clock import Clock, clock_of, is_over
from portal.sittings.queries import Tally


@dataclass(frozen=True)
class Picked:
    """What stands in the form."""

    role: str = "backend"
    level: str = AS_FITS
    minutes: str = "60"


@dataclass(frozen=True)
class Past:
    """An interview that was held, with its points as far as they are known."""

    sitting_id: str
    started_at: str
    role: str
    level: str
    minutes: int
    points: int
    max_points: int
    is_graded: bool
    certificate: str | None


@dataclass(frozen=True)
class Running:
    """The interview that is under way."""

    sitting_id: str
    clock: Clock


@dataclass(frozen=True)
class IndexView:
    """Choosing the next one, and those before it."""

    picked: Picked
    roles: dict[str, Role]
    levels: list[str]
    lengths: list[Length]
    running: Running | None
    past: list[Past]
    most_shown: int = SHOWN
    problem: str | None = None


@dataclass(frozen=True)
class PartView:
    """A challenge while the interview runs."""

    slug: str
    title: str
    minutes: int
    state: str
    best: int | None
    max_points: int
    hand_ins: int
    runs: int
    lost: int


@dataclass(frozen=True)
class SittingView:
    """The page of an interview while it runs."""

    sitting_id: str
    role: str
    level: str
    minutes: int
    remarks: list[str]
    clock: Clock
    parts: list[PartView]
    questions: list[Asked]
    answered: int
    is_grading: bool


def index(
    session: Session,
    person_id: uuid.UUID,
    library: Library,
    now: datetime,
    picked: Picked | None = None,
    problem: str | None = None,
) -> IndexView:
    """The first page, with what was chosen if that could not be taken."""
    rows = queries.past(session, person_id)
    tallies = defaultdict[uuid.UUID, list[Tally]](list)
    for tally in sittings.tallies(session, person_id):
        tallies[tally.sitting_id].append(tally)
    running = next((row.sitting for row in rows if not is_over(row.sitting, now)), None)
    return IndexView(
        picked=picked or Picked(),
        roles=ROLES,
        levels=levels_of(library),
        lengths=list(LENGTHS.values()),
        running=Running(str(running.id), clock_of(running, now)) if running else None,
        past=[_past(row, tallies[row.sitting.id]) for row in rows if is_over(row.sitting, now)],
        problem=problem,
    )


def detail(session: Session, row: Row, library: Library, now: datetime) -> SittingView:
    """The page of a running interview."""
    sitting, mock = row.sitting, row.mock
    tallies = sittings.tallies(session, sitting.person_id, sitting.id)
    asked = sittings.questions(session, sitting.id)
    parts = [
        _part(library, part.challenge, part.minutes, tally)
        for part, tally in zip(sittings.parts(session, sitting.id), tallies, strict=True)
    ]
    return SittingView(
        sitting_id=str(sitting.id),
        role=title_of(mock.role),
        level=mock.level.capitalize(),
        minutes=mock.minutes,
        remarks=mock.remarks,
        clock=clock_of(sitting, now),
        parts=parts,
        questions=questions.asked(asked),
        answered=sum(each.chosen is not None for each in asked),
        is_grading=any(part.state == "grading" for part in parts),
    )


def title_of(role: str) -> str:
    """A role in words; one that is no longer on offer keeps its name."""
    return ROLES[role].title if role in ROLES else role.capitalize()


def _past(row: Row, tallies: Sequence[Tally]) -> Past:
    counted = [each for each in tallies if not _is_lost(each)]
    return Past(
        sitting_id=str(row.sitting.id),
        started_at=row.sitting.started_at.isoformat(),
        role=title_of(row.mock.role),
        level=row.mock.level.capitalize(),
        minutes=row.mock.minutes,
        points=sum(each.best or 0 for each in counted),
        max_points=FULL_SCORE * len(counted),
        is_graded=row.sitting.closed_at is not None and not any(t.waiting for t in tallies),
        certificate=row.certificate.token if row.certificate else None,
    )


def _is_lost(tally: Tally) -> bool:
    """Handed in, and graded not once: a mistake of ours costs nothing."""
    return tally.best is None and tally.lost > 0 and not tally.waiting


def _part(library: Library, slug: str, minutes: int, tally: Tally) -> PartView:
    try:
        title = library.get(slug).description.title
    except NotFound:
        title = slug
    return PartView(
        slug=slug,
        title=title,
        minutes=minutes,
        state=_state(tally),
        best=tally.best,
        max_points=FULL_SCORE,
        hand_ins=tally.hand_ins,
        runs=tally.runs,
        lost=tally.lost,
    )


def _state(tally: Tally) -> str:
    if tally.waiting:
        return "grading"
    if tally.best is not None:
        return "full" if tally.best == FULL_SCORE else "part"
    if tally.lost:
        return "lost"
    return "run" if tally.runs else "new"
