"""Who may have code run without a wall: one person alone, on a portal that only they reach."""

from __future__ import annotations

from typing import Protocol

from sqlalchemy.orm import Session, sessionmaker

from portal.accounts.queries import count_people
from portal.database import reading
from portal.settings import Settings
from sandbox.errors import NotIsolated


class Runs(Protocol):
    """Whatever runs code, with a wall around it or without."""

    @property
    def isolates(self) -> bool: ...


def refuse_strangers(settings: Settings, sessions: sessionmaker[Session], runs: Runs) -> None:
    """Plain processes are for one person's own code; a second person needs Docker."""
    if runs.isolates:
        return
    with reading(sessions) as session:
        people = count_people(session)
    if people > 1 or not settings.is_loopback_only:
        raise NotIsolated(
            "Submissions would run as plain processes of this machine, and this portal "
            "serves more than one person. Start a Docker engine."
        )
