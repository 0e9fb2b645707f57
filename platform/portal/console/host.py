"""The consoles of a worker: a few threads beside its gradings, each with one console at a time."""

from __future__ import annotations

import logging
import threading
import time

import redis
from sqlalchemy.orm import Session, sessionmaker

from portal.console import lease, queries
from portal.console.bell import Bell
from portal.console.hosting import LOOK_SECONDS, Hosting
from portal.console.lease import Held
from portal.console.phase import ending_of
from portal.database import reading
from portal.models import utc_now
from portal.settings import Settings
from portal.submissions import notices
from sandbox.box import Sandbox

logger = logging.getLogger(__name__)


class ConsoleHost:
    """Has a bound of its own, so that consoles never take the place of a grading."""

    def __init__(
        self,
        settings: Settings,
        sessions: sessionmaker[Session],
        client: redis.Redis,
        sandbox: Sandbox,
    ) -> None:
        self._settings = settings
        self._sessions = sessions
        self._redis = client
        self._bell = Bell(client)
        self._stopped = threading.Event()
        self._hosting = Hosting(settings, sessions, client, sandbox, self._bell, self._stopped)
        self._threads = [
            threading.Thread(target=self._run, name=f"console-{number}", daemon=True)
            for number in range(settings.consoles)
        ]

    def start(self) -> None:
        """Begin to take consoles."""
        self._bell.start()
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """End those that are open, and wait until they have said so."""
        self._stopped.set()
        if self._threads and self._threads[0].ident:
            self._bell.strike()
            for thread in self._threads:
                thread.join()
            self._bell.stop()

    def _run(self) -> None:
        swept_at = 0.0
        while not self._stopped.is_set():
            rung = self._bell.count
            try:
                if time.monotonic() - swept_at > self._settings.sweep_seconds:
                    swept_at = time.monotonic()
                    self.sweep()
                held = self._claim()
                if held:
                    self._hosting.run(held)
                    continue
            except Exception:
                # Whatever it was, the next console needs this thread; a lease runs out by itself.
                logger.exception("A console could not be looked after.")
            self._bell.wait(rung, LOOK_SECONDS)

    def sweep(self) -> None:
        """End what nobody holds any more, and what has waited for too long."""
        now = utc_now()
        with reading(self._sessions) as session:
            if not queries.left_behind(session, now):
                return
        with self._sessions.begin() as session:
            rows = queries.left_behind(session, now)
            ended = [r.id for r in rows if lease.end(session, r, ending_of(r, now) or "", now=now)]
        for console_id in ended:
            notices.announce(self._redis, console_id)

    def _claim(self) -> Held | None:
        """Looks first without the right to write: most of the time nobody waits."""
        with reading(self._sessions) as session:
            if queries.first_waiting(session, utc_now()) is None:
                return None
        with self._sessions.begin() as session:
            return lease.claim(session, now=utc_now(), seconds=self._settings.lease_seconds)
