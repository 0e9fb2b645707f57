"""The way in for pages and API alike: a committed row first, then a nudge."""

from __future__ import annotations

import uuid
from collections.abc import Mapping

from fastapi import FastAPI, Request

from graders.package import Package
from portal import queue as queueing
from portal.database import reading
from portal.errors import found
from portal.models import Kind, utc_now
from portal.submissions import queries, service


def take(
    app: FastAPI, person_id: uuid.UUID, package: Package, files: Mapping[str, object], kind: Kind
) -> uuid.UUID:
    """Store and announce; when this returns, the submission can no longer be lost."""
    with app.state.sessions.begin() as session:
        row = service.submit(session, person_id, package, files, kind, utc_now())
        submission_id = row.id
    queueing.nudge(app.state.queue, submission_id)
    return submission_id


def own(request: Request, person_id: uuid.UUID, submission_id: uuid.UUID) -> uuid.UUID:
    """The id of a submission that is this person's own, or the answer that there is none."""
    with reading(request.app.state.sessions) as session:
        return found(queries.of_person(session, person_id, submission_id)).id
