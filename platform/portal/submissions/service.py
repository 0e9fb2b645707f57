"""Taking submissions in: checked, stored, and only then announced to the queue."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from graders.errors import RefusedSubmission
from graders.package import Package
from graders.submission import checked
from portal.errors import BadInput
from portal.models import Kind, State, Submission

SEED_BITS = 53


def submit(
    session: Session,
    person_id: uuid.UUID,
    package: Package,
    files: Mapping[str, object],
    kind: Kind,
    now: datetime,
) -> Submission:
    """Store what was handed in; refused files raise `BadInput` and leave nothing behind."""
    try:
        texts = checked(files, package.description.entry)
    except RefusedSubmission as error:
        raise BadInput(str(error)) from error
    submission = Submission(
        person_id=person_id,
        kind=kind,
        challenge=package.slug,
        challenge_version=package.description.version,
        challenge_digest=package.digest,
        files=texts,
        seed=secrets.randbits(SEED_BITS),
        submitted_at=now,
        state=State.QUEUED,
        nudged_at=now,
    )
    session.add(submission)
    session.flush()
    return submission
