"""Looks after what nobody holds: leases that ran out, sittings that are over, nudges that got lost."""

from __future__ import annotations

import logging
import threading
from datetime import timedelta

import redis
from celery import Celery
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session, sessionmaker

from graders.package import Package, find
from portal import queue as queueing
from portal.database import reading
from portal.models import Sitting, utc_now
from portal.settings import Settings
from portal.sittings import ending
from portal.sittings import queries as sittings
from portal.submissions import lease, notices, queries

LIFE_SIGNS = 3

logger = logging.getLogger(__name__)


class Sweeper:
    """A thread of every worker; several may sweep at once, each step is conditional."""

    def __init__(
        self,
        settings: Settings,
        sessions: sessionmaker[Session],
        queue: Celery,
        client: redis.Redis,
        worker: str,
    ) -> None:
        self._settings = settings
        self._sessions = sessions
        self._queue = queue
        self._redis = client
        self._worker = worker
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="sweeper", daemon=True)

    def start(self) -> None:
        """Begin sweeping, the first time at once."""
        self._thread.start()

    def stop(self) -> None:
        """Stop after the sweep that is under way, if there ever was one."""
        self._stopped.set()
        if self._thread.ident:
            self._thread.join()

    def _run(self) -> None:
        while True:
            try:
                self.sweep()
            except (SQLAlchemyError, redis.RedisError, OSError):
                logger.warning("A sweep failed; the next one follows.", exc_info=True)
            if self._stopped.wait(self._settings.sweep_seconds):
                return

    def sweep(self) -> None:
        """Take back leases that ran out, end sittings, then announce again what the queue has lost."""
        self._release_expired()
        self._end_sittings()
        self._announce_lost()
        life = int(self._settings.sweep_seconds * LIFE_SIGNS) + 1
        queueing.sign_of_life(self._redis, self._worker, life)

    def _release_expired(self) -> None:
        now = utc_now()
        with self._sessions.begin() as session:
            released = [
                row.id
                for row in queries.expired(session, now)
                if lease.release(session, row, now=now, max_attempts=self._settings.max_attempts)
            ]
        for submission_id in released:
            logger.warning("Submission %s was held by nobody and is free again.", submission_id)
            notices.announce(self._redis, submission_id)

    def _end_sittings(self) -> None:
        """Close what is over, each in a transaction of its own; another worker may be faster."""
        with reading(self._sessions) as session:
            due = sittings.due(session, utc_now() - ending.UNDER_WAY)
        for sitting_id in due:
            with self._sessions.begin() as session:
                sitting = session.get(Sitting, sitting_id)
                handed_in = ending.close(session, sitting, self._find, utc_now()) if sitting else []
            for submission_id in handed_in:
                queueing.nudge(self._queue, submission_id)

    def _find(self, slug: str) -> Package:
        return find(self._settings.challenges, slug)

    def _announce_lost(self) -> None:
        now = utc_now()
        before = now - timedelta(seconds=2 * self._settings.sweep_seconds)
        with self._sessions.begin() as session:
            rows = queries.unannounced(session, before)
            if not rows or queueing.waiting_messages(self._redis) >= len(rows):
                return
            for row in rows:
                row.nudged_at = now
            lost = [row.id for row in rows]
        for submission_id in lost:
            queueing.nudge(self._queue, submission_id)
