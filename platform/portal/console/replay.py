"""A request of a public check, sent again to one's own draft."""

from __future__ import annotations

import uuid

from sqlalchemy.orm import Session

from graders.asked import Asked
from portal.errors import BadInput, NotFound, found
from portal.models import Submission
from portal.submissions import evidence, queries


def run_of(session: Session, person_id: uuid.UUID, run_id: uuid.UUID) -> Submission:
    """A run of this person."""
    return found(queries.of_person(session, person_id, run_id))


def request_of(
    session: Session, run: Submission, requirement: str, check: int, place: int
) -> Asked:
    """What the check sent; raises `BadInput` if it cannot be sent again as it was."""
    seen = evidence.of_run_raw(session, run).get((requirement, check))
    if seen is None or not 0 <= place < len(seen.exchanges):
        raise NotFound
    again = evidence.again(seen.exchanges[place])
    if isinstance(again, str):
        raise BadInput(again)
    return again
