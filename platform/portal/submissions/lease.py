"""Who grades a submission right now: claims, renewals, and the one way to a stored verdict.

Every write of a grader names its lease token; whoever lost the lease writes nothing any more.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import CursorResult, update
from sqlalchemy.orm import Session

from portal.models import Attempt, Kind, State, Submission

PLATFORM_ERROR = "platform_error"
MAX_REASON = 2000


@dataclass(frozen=True)
class Claim:
    """The right to grade one submission until the lease runs out, with what is needed for it."""

    submission_id: uuid.UUID
    token: uuid.UUID
    number: int
    kind: Kind
    challenge: str
    files: Mapping[str, str]
    seed: int


def claim(
    session: Session, submission_id: uuid.UUID, *, worker: str, now: datetime, seconds: float
) -> Claim | None:
    """Take a queued submission; nothing when it is done, gone or in other hands."""
    token = uuid.uuid4()
    taken = _write(
        session,
        update(Submission)
        .where(Submission.id == submission_id, Submission.state == State.QUEUED)
        .values(
            state=State.RUNNING,
            lease_token=token,
            lease_until=now + timedelta(seconds=seconds),
            attempts=Submission.attempts + 1,
            started_at=now,
            app_ready_at=None,
            examined_at=None,
            phase=None,
            rows=None,
        ),
    )
    if not taken:
        return None
    row = session.get_one(Submission, submission_id, populate_existing=True)
    session.add(
        Attempt(
            token=token,
            submission_id=submission_id,
            number=row.attempts,
            worker=worker,
            started_at=now,
        )
    )
    return Claim(row.id, token, row.attempts, row.kind, row.challenge, row.files, row.seed)


def renew(session: Session, held: Claim, *, now: datetime, seconds: float) -> bool:
    """Keep the lease for `seconds` more; false when it has been lost."""
    return _update_held(session, held, lease_until=now + timedelta(seconds=seconds))


def record_progress(
    session: Session, held: Claim, phase: str, rows: list[dict[str, Any]], **times: datetime
) -> bool:
    """What is known so far, for those who watch; false when the lease has been lost."""
    return _update_held(session, held, phase=phase, rows=rows, **times)


def finish(session: Session, held: Claim, *, now: datetime, **outcome: Any) -> bool:
    """Store the verdict; false, and nothing stored, when the lease has been lost."""
    stored = _update_held(
        session,
        held,
        state=State.DONE,
        lease_token=None,
        lease_until=None,
        phase=None,
        rows=None,
        stored_at=now,
        **outcome,
    )
    if stored:
        _end_attempt(session, held.token, now, outcome["verdict"], None)
    return stored


def give_back(
    session: Session, held: Claim, *, now: datetime, reason: str, max_attempts: int
) -> bool:
    """Our fault: queue it again, or after the last attempt say so for good."""
    over = held.number >= max_attempts
    changed = _update_held(session, held, **(_final(now) if over else _queued_again()))
    if changed:
        _end_attempt(session, held.token, now, "failed", reason)
    return changed


def release(session: Session, row: Submission, *, now: datetime, max_attempts: int) -> bool:
    """Take back a lease that has run out; `row` is as it was read in this transaction."""
    token = row.lease_token
    over = row.attempts >= max_attempts
    changed = _write(
        session,
        update(Submission)
        .where(
            Submission.id == row.id,
            Submission.state == State.RUNNING,
            Submission.lease_token == token,
            Submission.lease_until < now,
        )
        .values(**(_final(now) if over else _queued_again())),
    )
    if changed and token:
        _end_attempt(session, token, now, "lost", "The lease ran out: its worker is gone.")
    return changed


def _queued_again() -> dict[str, Any]:
    free = {"lease_token": None, "lease_until": None, "phase": None, "rows": None}
    return {"state": State.QUEUED, "nudged_at": None, **free}


def _final(now: datetime) -> dict[str, Any]:
    outcome = {"state": State.DONE, "verdict": PLATFORM_ERROR, "stored_at": now}
    return {**_queued_again(), **outcome}


def _end_attempt(
    session: Session, token: uuid.UUID, now: datetime, outcome: str, reason: str | None
) -> None:
    session.execute(
        update(Attempt)
        .where(Attempt.token == token)
        .values(ended_at=now, outcome=outcome, reason=reason and reason[:MAX_REASON])
    )


def _update_held(session: Session, held: Claim, **values: Any) -> bool:
    return _write(
        session,
        update(Submission)
        .where(
            Submission.id == held.submission_id,
            Submission.state == State.RUNNING,
            Submission.lease_token == held.token,
        )
        .values(**values),
    )


def _write(session: Session, statement: Any) -> bool:
    result = session.execute(statement, execution_options={"synchronize_session": False})
    return isinstance(result, CursorResult) and result.rowcount == 1
