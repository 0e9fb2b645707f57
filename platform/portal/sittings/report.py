"""What a sitting came to: by part, requirement and topic, with what counted and what did not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from graders.package import FULL_SCORE, Package
from portal.errors import NotFound
from portal.learning.quiz import Asked
from portal.models import Kind, Sitting, SittingPart, State, Submission
from portal.sittings import queries, questions
from portal.sittings.queries import OURS
from portal.submissions.status import Row, requirements


@dataclass(frozen=True)
class Mark:
    """Something that was handed in or run, so many thousandths of the sitting after its start."""

    place: int
    kind: str


@dataclass(frozen=True)
class PartReport:
    """One challenge: `points` is nothing while it is open or when it does not count."""

    slug: str
    title: str
    level: str
    topics: tuple[str, ...]
    version: int
    digest: str
    state: str
    """`graded`, `grading`, `empty` when nothing was handed in, `lost` when that was our fault."""
    points: int | None
    max_points: int
    best_id: str | None
    rows: list[Row]
    hand_ins: int
    runs: int
    lost: int
    was_handed_in: bool
    refused: str | None
    began_at: datetime | None
    busy_seconds: int | None
    full_at: datetime | None
    marks: list[Mark]


@dataclass(frozen=True)
class TopicReport:
    """The points of all parts with one topic."""

    name: str
    points: int
    max_points: int


@dataclass(frozen=True)
class Report:
    """The whole sitting; `is_final` once it is closed and everything is graded."""

    started_at: datetime
    ends_at: datetime
    is_closed: bool
    is_final: bool
    points: int
    max_points: int
    parts: list[PartReport]
    topics: list[TopicReport]
    questions: list[Asked]
    subjects: list[str]
    """The challenge that each question is about."""
    right_count: int


def report(session: Session, sitting: Sitting, find: Callable[[str], Package]) -> Report:
    """Everything there is to say, from what was accepted within the time."""
    handed_in = queries.handed_in(session, sitting.id)
    rows = queries.parts(session, sitting.id)
    chosen = {row.challenge: _best(handed_in, row.challenge) for row in rows}
    ids = [best.id for best in chosen.values() if best]
    full = {row.id: row for row in queries.with_results(session, ids)} if ids else {}
    parts = [
        _part(sitting, row, handed_in, full.get(best.id) if best else None, find)
        for row in rows
        for best in [chosen[row.challenge]]
    ]
    asked = queries.questions(session, sitting.id)
    return Report(
        started_at=sitting.started_at,
        ends_at=sitting.ends_at,
        is_closed=sitting.closed_at is not None,
        is_final=sitting.closed_at is not None and all(p.state != "grading" for p in parts),
        points=sum(part.points or 0 for part in parts),
        max_points=sum(part.max_points for part in parts if counts(part)),
        parts=parts,
        topics=_topics(parts),
        questions=questions.explained(asked),
        subjects=[row.challenge for row in asked],
        right_count=sum(map(questions.is_right, asked)),
    )


def counts(part: PartReport) -> bool:
    """Whether its points are among those that could be had."""
    return part.state != "lost"


def _best(handed_in: Sequence[Submission], slug: str) -> Submission | None:
    """The best graded one within the time, of equals the first."""
    graded = [
        row
        for row in handed_in
        if row.challenge == slug
        and row.kind is Kind.SUBMISSION
        and row.score is not None
        and row.verdict not in OURS
    ]
    return max(graded, key=lambda row: row.score or 0, default=None)


def _part(
    sitting: Sitting,
    row: SittingPart,
    handed_in: Sequence[Submission],
    best: Submission | None,
    find: Callable[[str], Package],
) -> PartReport:
    mine = [each for each in handed_in if each.challenge == row.challenge]
    graded = [each for each in mine if each.kind is Kind.SUBMISSION]
    package = _package(row.challenge, find)
    state = _state(graded, best, row)
    empty = state == "empty"
    shown = best or next(iter(graded), None)
    return PartReport(
        slug=row.challenge,
        title=package.description.title if package else row.challenge,
        level=package.description.level if package else "",
        topics=tuple(package.description.topics) if package else (),
        version=shown.challenge_version if shown else package.description.version if package else 0,
        digest=shown.challenge_digest if shown else package.digest if package else "",
        state=state,
        points=best.score if best else 0 if empty else None,
        max_points=FULL_SCORE,
        best_id=str(best.id) if best else None,
        rows=requirements(package, best) if package and best else [],
        hand_ins=len(graded),
        runs=len(mine) - len(graded),
        lost=sum(each.verdict in OURS for each in graded),
        was_handed_in=row.handed_in_id is not None,
        refused=row.refused,
        began_at=row.began_at,
        busy_seconds=row.busy_seconds,
        full_at=next((each.submitted_at for each in graded if each.score == FULL_SCORE), None),
        marks=[_mark(sitting, each) for each in mine],
    )


def _state(graded: Sequence[Submission], best: Submission | None, row: SittingPart) -> str:
    if any(each.state is not State.DONE for each in graded):
        return "grading"
    if best:
        return "graded"
    return "lost" if graded or row.refused_by_us else "empty"


def _package(slug: str, find: Callable[[str], Package]) -> Package | None:
    """A challenge may have been taken away since."""
    try:
        return find(slug)
    except NotFound:
        return None


def _topics(parts: Sequence[PartReport]) -> list[TopicReport]:
    names = dict.fromkeys(name for part in parts if counts(part) for name in part.topics)
    return [_topic(name, parts) for name in names]


def _topic(name: str, parts: Sequence[PartReport]) -> TopicReport:
    of = [part for part in parts if name in part.topics and counts(part)]
    return TopicReport(
        name, sum(part.points or 0 for part in of), sum(part.max_points for part in of)
    )


def _mark(sitting: Sitting, row: Submission) -> Mark:
    whole = (sitting.ends_at - sitting.started_at).total_seconds() or 1
    after = (row.submitted_at - sitting.started_at).total_seconds()
    is_full = row.kind is Kind.SUBMISSION and row.score == FULL_SCORE
    return Mark(round(1000 * after / whole), "full" if is_full else row.kind.value)
