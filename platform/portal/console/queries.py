"""Every SELECT about consoles and what was asked in them."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import Session, defer

from portal.console.limits import KEPT_REQUESTS, LONGEST_WAIT
from portal.models import Console, ConsoleRequest, ConsoleState, Person

HELD = (ConsoleState.STARTING, ConsoleState.READY)


class Moment(NamedTuple):
    """What a watcher can see change."""

    state: ConsoleState
    ending: str | None
    lease_until: datetime | None
    created_at: datetime
    answered_at: datetime | None
    has_reference: bool


def lock_person(session: Session, person_id: uuid.UUID) -> None:
    """One change of somebody's consoles at a time, in however many tabs."""
    session.execute(select(Person.id).where(Person.id == person_id).with_for_update())


def open_of(session: Session, person_id: uuid.UUID) -> Sequence[Console]:
    """The console that somebody has open, of whatever challenge; one at most."""
    wanted = select(Console).where(
        Console.person_id == person_id, Console.state != ConsoleState.ENDED
    )
    return session.scalars(wanted.options(defer(Console.files), defer(Console.reference))).all()


def latest(session: Session, person_id: uuid.UUID, challenge: str) -> Console | None:
    """The last console of somebody for a challenge, without its code."""
    wanted = select(Console).where(Console.person_id == person_id, Console.challenge == challenge)
    last = wanted.order_by(Console.created_at.desc()).limit(1)
    return session.scalar(last.options(defer(Console.files)))


def latest_files(
    session: Session, person_id: uuid.UUID, challenge: str
) -> tuple[datetime, dict[str, str]] | None:
    """The code of that console, and since when it is known."""
    wanted = select(Console.created_at, Console.files).where(
        Console.person_id == person_id, Console.challenge == challenge
    )
    row = session.execute(wanted.order_by(Console.created_at.desc()).limit(1)).one_or_none()
    return None if row is None else (row[0], row[1])


def starts_since(session: Session, person_id: uuid.UUID, moment: datetime) -> int:
    """How often somebody has started a console since then."""
    count = select(func.count()).where(Console.person_id == person_id, Console.created_at > moment)
    return session.scalar(count) or 0


def old_ids(session: Session, person_id: uuid.UUID, kept: int) -> Sequence[uuid.UUID]:
    """The consoles of somebody beyond the last so many."""
    wanted = select(Console.id).where(
        Console.person_id == person_id, Console.state == ConsoleState.ENDED
    )
    return session.scalars(wanted.order_by(Console.created_at.desc()).offset(kept)).all()


def ahead_of(session: Session, row: Console) -> int:
    """How many others wait before this one."""
    waiting = select(func.count()).where(
        Console.state == ConsoleState.WAITING,
        Console.created_at < row.created_at,
        Console.created_at > row.created_at - LONGEST_WAIT,
    )
    return session.scalar(waiting) or 0


def first_waiting(session: Session, now: datetime) -> uuid.UUID | None:
    """Whose turn it is."""
    wanted = select(Console.id).where(
        Console.state == ConsoleState.WAITING, Console.created_at > now - LONGEST_WAIT
    )
    return session.scalar(wanted.order_by(Console.created_at).limit(1))


def left_behind(session: Session, now: datetime) -> Sequence[Console]:
    """Consoles whose worker is gone, and those that have waited for too long."""
    wanted = select(Console).where(
        or_(
            and_(Console.state.in_(HELD), Console.lease_until < now),
            and_(Console.state == ConsoleState.WAITING, Console.created_at <= now - LONGEST_WAIT),
        )
    )
    return session.scalars(wanted.options(defer(Console.files), defer(Console.reference))).all()


def history(session: Session, person_id: uuid.UUID, challenge: str) -> Sequence[ConsoleRequest]:
    """The last requests, the newest first, without their answers."""
    wanted = _asked(person_id, challenge).order_by(ConsoleRequest.number.desc())
    light = wanted.options(defer(ConsoleRequest.answer), defer(ConsoleRequest.body))
    return session.scalars(light.limit(KEPT_REQUESTS)).all()


def request_of(
    session: Session, person_id: uuid.UUID, challenge: str, number: int
) -> ConsoleRequest | None:
    """One request with its answer."""
    return session.scalar(_asked(person_id, challenge).where(ConsoleRequest.number == number))


def last_number(session: Session, person_id: uuid.UUID, challenge: str) -> int:
    """The number of the newest request; 0 if there is none."""
    wanted = select(func.max(ConsoleRequest.number)).where(
        ConsoleRequest.person_id == person_id, ConsoleRequest.challenge == challenge
    )
    return session.scalar(wanted) or 0


def requests_since(session: Session, person_id: uuid.UUID, moment: datetime) -> int:
    """How much somebody has asked since then, whatever the challenge."""
    count = select(func.count()).where(
        ConsoleRequest.person_id == person_id, ConsoleRequest.asked_at > moment
    )
    return session.scalar(count) or 0


def unanswered(session: Session, console_id: uuid.UUID) -> int:
    """How many requests wait for this console."""
    count = select(func.count()).where(
        ConsoleRequest.console_id == console_id, ConsoleRequest.answered_at.is_(None)
    )
    return session.scalar(count) or 0


def next_request(session: Session, console_id: uuid.UUID) -> ConsoleRequest | None:
    """The oldest request that waits for this console."""
    wanted = select(ConsoleRequest).where(
        ConsoleRequest.console_id == console_id, ConsoleRequest.answered_at.is_(None)
    )
    return session.scalar(wanted.order_by(ConsoleRequest.number).limit(1))


def held_since(
    session: Session, console_id: uuid.UUID, token: uuid.UUID
) -> tuple[datetime, datetime] | None:
    """When it was started and last asked, if it is still held with this token."""
    row = session.execute(
        select(Console.ready_at, Console.active_at).where(
            Console.id == console_id, Console.lease_token == token
        )
    ).one_or_none()
    if row is None or row[0] is None or row[1] is None:
        return None
    return row[0], row[1]


def moment(session: Session, console_id: uuid.UUID) -> Moment | None:
    """How far a console has come, without anything large."""
    answered = (
        select(func.max(ConsoleRequest.answered_at))
        .where(ConsoleRequest.console_id == console_id)
        .scalar_subquery()
    )
    stands = (Console.state, Console.ending, Console.lease_until, Console.created_at)
    wanted = select(*stands, answered, Console.reference.is_not(None))
    row = session.execute(wanted.where(Console.id == console_id)).one_or_none()
    return None if row is None else Moment(*row)


def _asked(person_id: uuid.UUID, challenge: str) -> Select[ConsoleRequest]:
    return select(ConsoleRequest).where(
        ConsoleRequest.person_id == person_id, ConsoleRequest.challenge == challenge
    )
