"""The state of one submission as its owner sees it, while it grows and afterwards."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from graders.package import FULL_SCORE, Package
from portal.models import Kind, State, Submission
from portal.submissions import card, evidence, owned, queries
from portal.submissions.card import FairnessView
from portal.submissions.evidence import CheckExchanges, ExchangeView, Place
from portal.submissions.words import PHASES, RUN_VERDICTS, VERDICTS, Words

OPEN = frozenset({"waiting", "running"})


@dataclass(frozen=True)
class Check:
    """One test: its title, how it ended, and what its author wants the candidate to read.

    What was sent and what came is there for the checks of a run, which are public.
    """

    title: str
    status: str
    message: str | None
    exchanges: list[ExchangeView] | None
    left_out: int


@dataclass(frozen=True)
class Row:
    """One requirement; `earned` is nothing as long as it is open."""

    name: str
    title: str
    points: int
    earned: int | None
    status: str
    message: str | None
    checks: list[Check]


@dataclass(frozen=True)
class StatusView:
    """Everything that the partial `_status.html` shows."""

    id: str
    challenge: str
    kind: str
    phase: str
    position: int | None
    headline: str
    detail: str
    verdict: str | None
    score: int | None
    max_score: int
    requirements: list[Row]
    output: str | None
    fairness: FairnessView | None
    submitted_at: str
    summary: str
    submission_url: str


def view(session: Session, package: Package, row: Submission) -> StatusView:
    """The submission as it stands in the database."""
    phase = phase_of(row)
    rows = _rows(package, row, evidence.of_run(session, row))
    position = queries.ahead_of(session, row) + 1 if phase == "queued" else None
    words = _words(row, phase)
    score = sum(r.earned or 0 for r in rows) if row.score is None else row.score
    return StatusView(
        id=str(row.id),
        challenge=package.slug,
        kind=row.kind.value,
        phase=phase,
        position=position,
        headline=words.headline,
        detail=words.detail,
        verdict=row.verdict,
        score=score,
        max_score=0 if row.kind is Kind.RUN else FULL_SCORE,
        requirements=rows,
        output=owned.output(row),
        fairness=card.view(row) if row.state is State.DONE else None,
        submitted_at=row.submitted_at.isoformat(),
        summary=_summary(words, rows, score, row, position),
        submission_url=f"/submissions/{row.id}",
    )


def requirements(package: Package, row: Submission) -> list[Row]:
    """The requirements alone, as `view` shows them."""
    return _rows(package, row, {})


def refused(slug: str, reason: str, kind: Kind, now: str) -> StatusView:
    """What was not even stored, shown in the same place."""
    headline = VERDICTS["rejected"].headline
    return StatusView(
        id="",
        challenge=slug,
        kind=kind.value,
        phase="done",
        position=None,
        headline=headline,
        detail=reason,
        verdict="rejected",
        score=None,
        max_score=0,
        requirements=[],
        output=None,
        fairness=None,
        submitted_at=now,
        summary=f"{headline}. {reason}",
        submission_url=f"/challenges/{slug}",
    )


def phase_of(row: Submission) -> str:
    """One word for how far it has come."""
    if row.state is State.RUNNING:
        return row.phase or "starting"
    return row.state.value


def _words(row: Submission, phase: str) -> Words:
    if row.verdict is None:
        return PHASES[phase]
    words = VERDICTS[row.verdict]
    if row.kind is Kind.RUN:
        words = RUN_VERDICTS.get(row.verdict, words)
    message = (row.result or {}).get("message")
    return Words(words.headline, message) if message else words


def _rows(package: Package, row: Submission, seen: Mapping[Place, CheckExchanges]) -> list[Row]:
    known = (row.result or {}).get("requirements") or row.rows
    if known:
        return [_row(each, seen) for each in known]
    if row.kind is Kind.RUN:
        return []
    state = "not_run" if row.state is State.DONE else "waiting"
    earned = 0 if row.state is State.DONE else None
    return [Row(r.name, r.title, r.points, earned, state, None, []) for r in package.requirements]


def _row(stored: Mapping[str, Any], seen: Mapping[Place, CheckExchanges]) -> Row:
    return Row(
        name=stored["name"],
        title=stored["title"],
        points=stored["points"],
        earned=None if stored["status"] in OPEN else stored["earned"],
        status=stored["status"],
        message=stored["message"],
        checks=[
            _check(check, seen.get((stored["name"], place)))
            for place, check in enumerate(stored["checks"])
        ],
    )


def _check(stored: Mapping[str, Any], seen: CheckExchanges | None) -> Check:
    return Check(
        title=stored["title"],
        status=stored["status"],
        message=stored["message"],
        exchanges=seen.exchanges if seen else None,
        left_out=seen.left_out if seen else 0,
    )


def _summary(
    words: Words, rows: list[Row], score: int, row: Submission, position: int | None
) -> str:
    if position is not None:
        return f"{words.headline}, number {position} in the queue."
    ended = [r for r in rows if r.status not in OPEN]
    passed = sum(r.status == "passed" for r in ended)
    if row.verdict is None:
        return f"{words.headline}: {len(ended)} of {len(rows)} done, {passed} passed."
    if row.kind is Kind.RUN or not ended:
        return f"{words.headline}."
    return f"{words.headline}: {score} of {FULL_SCORE} points, {passed} of {len(rows)} passed."
