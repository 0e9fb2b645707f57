"""One word for how a console stands, also when nobody is left to write it down."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from portal.console.limits import LONGEST_WAIT
from portal.models import ConsoleState


class Stands(Protocol):
    """What of a console says how it stands."""

    @property
    def state(self) -> ConsoleState: ...
    @property
    def ending(self) -> str | None: ...
    @property
    def lease_until(self) -> datetime | None: ...
    @property
    def created_at(self) -> datetime: ...


def phase_of(row: Stands, now: datetime) -> str:
    """`waiting`, `starting`, `ready` or `ended`."""
    return "ended" if ending_of(row, now) else row.state.value


def ending_of(row: Stands, now: datetime) -> str | None:
    """Why it ended, if it did: a worker that died has not said so."""
    if row.state is ConsoleState.ENDED:
        return row.ending
    if row.state is ConsoleState.WAITING:
        return "no_place" if row.created_at <= now - LONGEST_WAIT else None
    return "lost" if row.lease_until is not None and row.lease_until < now else None
