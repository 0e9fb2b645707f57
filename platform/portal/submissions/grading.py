"""Grades one claimed submission: renews the lease, shows progress, stores the verdict once."""

from __future__ import annotations

import logging
import time
import uuid
from contextlib import AbstractContextManager
from dataclasses import asdict, replace
from datetime import datetime, timedelta
from typing import Any

import redis
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session, sessionmaker

from graders.attempt import Rows
from graders.errors import BrokenPackage, GradersError
from graders.grade import Grader
from graders.package import FULL_SCORE, Package, find
from graders.verdict import Result, Verdict
from portal.models import Kind, utc_now
from portal.renewal import renewing
from portal.settings import Settings
from portal.strangers import refuse_strangers
from portal.submissions import evidence, lease, notices
from portal.submissions.lease import Claim
from sandbox.errors import SandboxError

PROGRESS_SECONDS = 0.1

logger = logging.getLogger(__name__)


class LeaseLost(Exception):
    """Somebody else grades this submission now: stop, and write nothing."""


class Grading:
    """What a worker does with an id: everything that matters is written under the lease."""

    def __init__(
        self,
        settings: Settings,
        sessions: sessionmaker[Session],
        client: redis.Redis,
        grader: Grader,
        worker: str,
    ) -> None:
        self._settings = settings
        self._sessions = sessions
        self._redis = client
        self._grader = grader
        self._worker = worker

    def grade(self, submission_id: uuid.UUID) -> None:
        """Grade it if it waits; a nudge for anything else is simply old."""
        with self._sessions.begin() as session:
            held = lease.claim(
                session,
                submission_id,
                worker=self._worker,
                now=utc_now(),
                seconds=self._settings.lease_seconds,
            )
        if held is None:
            return
        notices.announce(self._redis, held.submission_id)
        try:
            with self._renewing(held):
                self._examine(held)
        except LeaseLost:
            logger.warning("The lease of %s was lost while it was graded.", held.submission_id)
        except BrokenPackage as error:
            self._call_broken(held, error)
        except (SandboxError, GradersError) as error:
            self._give_back(held, error)
        finally:
            notices.announce(self._redis, held.submission_id)

    def _examine(self, held: Claim) -> None:
        refuse_strangers(self._settings, self._sessions, self._grader)
        package = find(self._settings.challenges, held.challenge)
        begun = utc_now()
        result = self._grader.grade(
            package,
            held.files,
            seed=held.seed,
            suite="hidden" if held.kind is Kind.SUBMISSION else "public",
            progress=_Progress(self._sessions, self._redis, held),
        )
        over = result.timing.get("examined", result.timing.get("total", 0.0))
        self._finish(held, package, result, begun + timedelta(seconds=over))

    def _finish(self, held: Claim, package: Package, result: Result, examined_at: datetime) -> None:
        with self._sessions.begin() as session:
            stored = lease.finish(
                session,
                held,
                now=utc_now(),
                examined_at=examined_at,
                verdict=result.verdict.value,
                score=result.score,
                max_score=result.max_score,
                challenge_version=result.version,
                challenge_digest=package.digest,
                result=_without_evidence(result),
            )
            if stored and result.evidence:
                session.add(evidence.stored(held.submission_id, result.evidence))
        if not stored:
            logger.warning("The lease of %s was lost; its result is dropped.", held.submission_id)

    def _call_broken(self, held: Claim, error: Exception) -> None:
        """The package cannot even be read: the author's fault, and trying again mends nothing."""
        logger.error("%s cannot be graded: %s", held.challenge, error)
        with self._sessions.begin() as session:
            lease.finish(
                session,
                held,
                now=utc_now(),
                verdict=Verdict.BROKEN_CHALLENGE.value,
                score=0,
                max_score=FULL_SCORE,
            )

    def _give_back(self, held: Claim, error: Exception) -> None:
        logger.error("Attempt %s at %s failed: %s", held.number, held.submission_id, error)
        with self._sessions.begin() as session:
            lease.give_back(
                session,
                held,
                now=utc_now(),
                reason=str(error),
                max_attempts=self._settings.max_attempts,
            )

    def _renewing(self, held: Claim) -> AbstractContextManager[None]:
        seconds = self._settings.lease_seconds

        def renew(session: Session) -> None:
            lease.renew(session, held, now=utc_now(), seconds=seconds)

        return renewing(self._sessions, renew, seconds)


def _without_evidence(result: Result) -> dict[str, Any]:
    """What the owner of a submission may be shown: evidence has a table of its own."""
    kept = asdict(replace(result, evidence=())) | {"verdict": result.verdict.value}
    del kept["evidence"]
    return kept


class _Progress:
    """Writes what is known so far, at most every tenth of a second."""

    def __init__(self, sessions: sessionmaker[Session], client: redis.Redis, held: Claim) -> None:
        self._sessions = sessions
        self._redis = client
        self._held = held
        self._written_at = 0.0

    def __call__(self, rows: Rows) -> None:
        now = time.monotonic()
        if now - self._written_at < PROGRESS_SECONDS:
            return
        times = {} if self._written_at else {"app_ready_at": utc_now()}
        self._written_at = now
        if not self._write([asdict(row) for row in rows()], times):
            raise LeaseLost
        notices.announce(self._redis, self._held.submission_id)

    def _write(self, rows: list[dict[str, Any]], times: dict[str, datetime]) -> bool:
        """Whether we still hold the lease; a database that is away is no reason to give up."""
        try:
            with self._sessions.begin() as session:
                return lease.record_progress(session, self._held, "examining", rows, **times)
        except SQLAlchemyError:
            logger.warning("Progress could not be written; the verdict may still be.")
            return True
