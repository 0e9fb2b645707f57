"""The versions of a draft as the room lists them: when, why, and how much changed."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from portal.drafts import queries
from portal.drafts.thinning import KEPT_IN_WORDS
from portal.models import Cause

CAUSES = {
    Cause.TYPED: "",
    Cause.SET_ASIDE: "Set aside when two tabs disagreed",
    Cause.TAKEN: "Taken from an earlier version",
    Cause.SUBMISSION: "Taken from a submission",
    Cause.STARTER: "Begun again with the starter",
    Cause.SITTING: "Starter, put here when an interview began",
}


@dataclass(frozen=True)
class VersionRow:
    """One version: lines added and removed since the one before it on the list."""

    number: int
    saved_at: str
    added: int
    removed: int
    cause: str
    is_now: bool


@dataclass(frozen=True)
class VersionsView:
    """The list, the newest first, and how much of the past is kept."""

    slug: str
    rows: list[VersionRow]
    kept: str


def view(
    session: Session, person_id: uuid.UUID, slug: str, starter: Mapping[str, str]
) -> VersionsView:
    """All versions of somebody's draft; the oldest is measured against the starter."""
    found = queries.versions(session, person_id, slug)
    draft = queries.current(session, person_id, slug)
    rows = []
    for place, row in enumerate(found):
        before = found[place + 1].files if place + 1 < len(found) else starter
        added, removed = change(before, row.files)
        rows.append(
            VersionRow(
                number=row.version,
                saved_at=row.saved_at.isoformat(),
                added=added,
                removed=removed,
                cause=CAUSES[Cause(row.cause)],
                is_now=draft is not None and draft.version == row.version,
            )
        )
    return VersionsView(slug, rows, KEPT_IN_WORDS)


def change(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[int, int]:
    """How many lines came and went, wherever they stand: counting is enough for a list."""
    old, new = _counted(before), _counted(after)
    return (new - old).total(), (old - new).total()


def _counted(files: Mapping[str, str]) -> Counter[tuple[str, str]]:
    return Counter((name, line) for name, text in files.items() for line in text.split("\n"))
