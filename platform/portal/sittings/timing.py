"""When somebody began each part and how long they were busy with it, by what reached the server."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from portal.models import Sitting, SittingPart
from portal.sittings import queries

Moment = tuple[datetime, str]
"""When something reached the server, and for which challenge."""


def write_down(session: Session, sitting: Sitting, parts: Sequence[SittingPart]) -> None:
    """Keep it with the parts, since most versions of a draft are thrown away later."""
    moments: list[Moment] = [
        (row.submitted_at, row.challenge) for row in queries.handed_in(session, sitting.id)
    ]
    for part in parts:
        moments += [(at, part.challenge) for at in queries.saves(session, sitting, part)]
    began, busy = measured(sitting.started_at, moments)
    for part in parts:
        part.began_at = began.get(part.challenge)
        if part.challenge in busy:
            part.busy_seconds = int(busy[part.challenge].total_seconds())


def measured(
    start: datetime, moments: Iterable[Moment]
) -> tuple[dict[str, datetime], dict[str, timedelta]]:
    """The first moment of each challenge, and the time up to each of its moments."""
    began: dict[str, datetime] = {}
    busy: dict[str, timedelta] = defaultdict(timedelta)
    before = start
    for at, challenge in sorted(moments):
        began.setdefault(challenge, at)
        busy[challenge] += at - before
        before = at
    return began, dict(busy)
