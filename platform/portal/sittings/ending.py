"""Closes a sitting once: what the editor last saved within the time is handed in, as of the end."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import CursorResult, case, update
from sqlalchemy.orm import Session

from graders.errors import GradersError
from graders.package import Package
from portal.drafts.queries import hold
from portal.errors import BadInput, NotFound
from portal.models import Kind, Sitting, SittingPart, Submission
from portal.sittings import queries
from portal.sittings.timing import write_down
from portal.submissions import service as submissions

UNDER_WAY = timedelta(seconds=3)
"""What was accepted at the last moment may still be on its way into the database."""
REPAIRED = (
    "This challenge is being repaired, so what you had typed was not handed in. It stays in your "
    "editor and counts against nobody."
)

logger = logging.getLogger(__name__)

Find = Callable[[str], Package]
"""How to come to a challenge by its name."""


def close(session: Session, sitting: Sitting, find: Find, now: datetime) -> list[uuid.UUID]:
    """End it, now at the latest; the answer is what was handed in by that, to be announced.

    Whoever comes second changes nothing, so several may try at the same time.
    """
    hold(session, sitting.person_id)  # a draft that is being saved is waited for
    if not _is_mine_to_close(session, sitting.id, now):
        return []
    session.refresh(sitting)
    parts = queries.parts(session, sitting.id)
    write_down(session, sitting, parts)
    rows = [_hand_in(session, sitting, part, find) for part in parts]
    return [row.id for row in rows if row]


def _is_mine_to_close(session: Session, sitting_id: uuid.UUID, now: datetime) -> bool:
    ended = case((Sitting.ends_at > now, now), else_=Sitting.ends_at)
    result = session.execute(
        update(Sitting)
        .where(Sitting.id == sitting_id, Sitting.closed_at.is_(None))
        .values(closed_at=now, ends_at=ended),
        execution_options={"synchronize_session": False},
    )
    return isinstance(result, CursorResult) and result.rowcount == 1


def _hand_in(
    session: Session, sitting: Sitting, part: SittingPart, find: Find
) -> Submission | None:
    """What was last saved, if it is not what was last handed in anyway."""
    saved = queries.last_saved(session, sitting, part)
    if saved is None:
        return None
    last = queries.last_handed_in(session, sitting, part.challenge)
    try:
        package = find(part.challenge)
        if saved.files == (last.files if last else package.starter):
            return None
        # Accepted as of the end: for everything that asks what counted, this is as any other.
        row = submissions.submit(
            session, sitting.person_id, package, saved.files, Kind.SUBMISSION, sitting.ends_at
        )
    except BadInput as error:
        part.refused = error.detail
        return None
    except (GradersError, NotFound) as error:
        logger.error("%s could not be handed in at the end: %s", part.challenge, error)
        part.refused, part.refused_by_us = REPAIRED, True
        return None
    part.handed_in_id = row.id
    return row
