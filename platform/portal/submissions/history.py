"""What somebody has handed in for a challenge so far, as the list shows it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from sqlalchemy.orm import Session

from graders.package import FULL_SCORE
from portal.models import Submission
from portal.submissions import queries


@dataclass(frozen=True)
class HistoryRow:
    """One submission on the list; without a verdict it is under way, `before` is the one before."""

    id: str
    number: int
    submitted_at: str
    verdict: str | None
    score: int | None
    max_score: int
    url: str
    before: str | None


@dataclass(frozen=True)
class HistoryView:
    """The list, the newest first."""

    slug: str
    rows: list[HistoryRow]


EMPTY = HistoryView("", [])


def view(session: Session, person_id: uuid.UUID, slug: str) -> HistoryView:
    """The submissions of one person for one challenge."""
    found = queries.history(session, person_id, slug)
    last = queries.number_of(session, found[0]) if found else 0
    before = [*(str(row.id) for row in found[1:]), None]
    return HistoryView(
        slug, [_row(row, last - place, before[place]) for place, row in enumerate(found)]
    )


def row_of(session: Session, row: Submission) -> HistoryRow:
    """A submission that the list no longer reaches, or a run, as the list would show it."""
    return _row(row, queries.number_of(session, row), None)


def _row(row: Submission, number: int, before: str | None) -> HistoryRow:
    return HistoryRow(
        id=str(row.id),
        number=number,
        submitted_at=row.submitted_at.isoformat(),
        verdict=row.verdict,
        score=row.score,
        max_score=row.max_score or FULL_SCORE,
        url=f"/submissions/{row.id}",
        before=before,
    )
