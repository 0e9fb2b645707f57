"""Who runs a console right now; every write of a worker names its lease's token."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import CursorResult, update
from sqlalchemy.orm import Session

from portal.console import queries
from portal.console.words import UNANSWERED
from portal.models import Console, ConsoleRequest, ConsoleState

MAX_MESSAGE = 2000


@dataclass(frozen=True)
class Held:
    """The right to run one console until the lease runs out, with what is needed for it."""

    console_id: uuid.UUID
    token: uuid.UUID
    challenge: str
    files: Mapping[str, str]


def claim(session: Session, *, now: datetime, seconds: float) -> Held | None:
    """Take the console that has waited longest; nothing if there is none, or another was faster."""
    console_id, token = queries.first_waiting(session, now), uuid.uuid4()
    if console_id is None:
        return None
    taken = _write(
        session,
        update(Console)
        .where(Console.id == console_id, Console.state == ConsoleState.WAITING)
        .values(
            state=ConsoleState.STARTING,
            lease_token=token,
            lease_until=now + timedelta(seconds=seconds),
            started_at=now,
        ),
    )
    if not taken:
        return None
    row = session.get_one(Console, console_id, populate_existing=True)
    return Held(row.id, token, row.challenge, row.files)


def renew(session: Session, held: Held, *, now: datetime, seconds: float) -> bool:
    """Keep the lease for `seconds` more; false when it has been lost."""
    return record(session, held, lease_until=now + timedelta(seconds=seconds))


def record(session: Session, held: Held, **values: Any) -> bool:
    """Write what is known now; false when the lease has been lost."""
    return _write(session, _held(held).values(**values))


def answer(
    session: Session, held: Held, request_id: uuid.UUID, *, now: datetime, output: str, **came: Any
) -> bool:
    """Store what became of a request; false, and nothing stored, when the lease has been lost."""
    if not record(session, held, active_at=now, output=output):
        return False
    return _write(
        session,
        update(ConsoleRequest)
        .where(ConsoleRequest.id == request_id, ConsoleRequest.answered_at.is_(None))
        .values(answered_at=now, **came),
    )


def finish(session: Session, held: Held, ending: str, *, now: datetime, **told: Any) -> bool:
    """End it for this reason; false when somebody else had ended it before."""
    ended = _write(session, _held(held).values(**_ended(ending, now), **told))
    if ended:
        _close_requests(session, held.console_id, now)
    return ended


def end(session: Session, row: Console, ending: str, *, now: datetime) -> bool:
    """End it for whoever holds it; `row` is as it was read in this transaction."""
    ended = _write(
        session,
        update(Console)
        .where(
            Console.id == row.id,
            Console.state == row.state,
            Console.lease_token.is_(None)
            if row.lease_token is None
            else Console.lease_token == row.lease_token,
        )
        .values(**_ended(ending, now)),
    )
    if ended:
        _close_requests(session, row.id, now)
    return ended


def _ended(ending: str, now: datetime) -> dict[str, Any]:
    free = {"lease_token": None, "lease_until": None}
    return {"state": ConsoleState.ENDED, "ending": ending, "ended_at": now, **free}


def _close_requests(session: Session, console_id: uuid.UUID, now: datetime) -> None:
    session.execute(
        update(ConsoleRequest)
        .where(ConsoleRequest.console_id == console_id, ConsoleRequest.answered_at.is_(None))
        .values(answered_at=now, problem=UNANSWERED)
        .execution_options(synchronize_session=False)
    )


def _held(held: Held) -> Any:
    return update(Console).where(Console.id == held.console_id, Console.lease_token == held.token)


def _write(session: Session, statement: Any) -> bool:
    result = session.execute(statement, execution_options={"synchronize_session": False})
    return isinstance(result, CursorResult) and result.rowcount == 1
