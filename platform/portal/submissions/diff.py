"""What changed between two submissions: requirements that turned green or red, and the code."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from graders.verdict import Verdict
from portal.drafts import difference
from portal.drafts.difference import Difference
from portal.errors import found
from portal.models import Submission, utc_now
from portal.sittings import under_way
from portal.submissions import history, queries
from portal.submissions.history import HistoryRow


@dataclass(frozen=True)
class Turn:
    """One requirement on both sides; `turned` is `green`, `red`, or nothing when it stayed."""

    title: str
    before: str | None
    after: str | None
    turned: str | None


@dataclass(frozen=True)
class Compared:
    """Two submissions: which they are, what turned, and what of the code changed."""

    before: HistoryRow
    after: HistoryRow
    turns: list[Turn]
    difference: Difference


@dataclass(frozen=True)
class DiffView:
    """The page: what there is to choose from, and the two that are compared, if there are two."""

    slug: str
    title: str
    choice: list[HistoryRow]
    compared: Compared | None


def view(
    session: Session,
    person_id: uuid.UUID,
    slug: str,
    title: str,
    wanted: tuple[uuid.UUID | None, uuid.UUID | None],
) -> DiffView:
    """What changed between two submissions: the last two, unless others are wanted."""
    choice = history.view(session, person_id, slug).rows
    newest = [uuid.UUID(row.id) for row in choice[:2]]
    ids = (
        wanted[0] or (newest[1] if len(newest) > 1 else None),
        wanted[1] or (newest[0] if newest else None),
    )
    rows = [found(_own(session, person_id, slug, each)) for each in ids if each is not None]
    if rows:
        oldest = min(rows, key=lambda row: row.submitted_at)
        under_way.refuse_earlier_attempt(session, oldest, utc_now())
    compared = _compared(session, choice, *rows) if len(rows) == len(ids) else None
    return DiffView(slug, title, choice, compared)


def _own(
    session: Session, person_id: uuid.UUID, slug: str, submission_id: uuid.UUID
) -> Submission | None:
    row = queries.of_person(session, person_id, submission_id)
    return row if row is not None and row.challenge == slug else None


def _compared(
    session: Session, choice: list[HistoryRow], before: Submission, after: Submission
) -> Compared:
    listed = {row.id: row for row in choice}
    return Compared(
        before=listed.get(str(before.id)) or history.row_of(session, before),
        after=listed.get(str(after.id)) or history.row_of(session, after),
        turns=_turns(before, after),
        difference=difference.between(before.files, after.files),
    )


def _turns(before: Submission, after: Submission) -> list[Turn]:
    """Every requirement of either side; what turned comes first."""
    old, new = _requirements(before), _requirements(after)
    turns = [_turn(old.get(name), new.get(name)) for name in old | new]
    return sorted(turns, key=lambda turn: turn.turned is None)


def _requirements(row: Submission) -> dict[str, Mapping[str, Any]]:
    return {each["name"]: each for each in (row.result or {}).get("requirements") or []}


def _turn(old: Mapping[str, Any] | None, new: Mapping[str, Any] | None) -> Turn:
    before, after = (old["status"] if old else None), (new["status"] if new else None)
    was_green, is_green = before == Verdict.PASSED, after == Verdict.PASSED
    turned = None
    if before is not None and after is not None and was_green != is_green:
        turned = "green" if is_green else "red"
    return Turn((new or old or {})["title"], before, after, turned)
