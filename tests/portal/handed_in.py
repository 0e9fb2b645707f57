"""Submissions for tests: rows in any state, and code that earns what it should."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from graders.package import Package, load
from graders.verdict import Verdict
from portal.database import reading
from portal.models import Evidence, Kind, Person, State, Submission, utc_now
from portal.settings import CHECKOUT

SLUG = "first-endpoint"
FOLDER = CHECKOUT / "challenges" / SLUG
RIGHT = (FOLDER / "solutions/right/plain_routes/main.py").read_text(encoding="utf-8")
FILES = {"main.py": "from fastapi import FastAPI\n\napp = FastAPI()\n"}
UNKNOWN = uuid.UUID("00000000-0000-4000-8000-000000000000")
LEASE = timedelta(seconds=60)


def package() -> Package:
    """The challenge that all these submissions are for."""
    return load(FOLDER)


def hand_in(sessions: sessionmaker[Session], person: Person, **changes: Any) -> Submission:
    """A stored submission of this person, waiting unless `changes` say otherwise."""
    about = package()
    values: dict[str, Any] = {
        "person_id": person.id,
        "kind": Kind.SUBMISSION,
        "challenge": SLUG,
        "challenge_version": about.description.version,
        "challenge_digest": about.digest,
        "files": FILES,
        "seed": 7,
        "submitted_at": utc_now(),
        "nudged_at": utc_now(),
    }
    with sessions.begin() as session:
        row = Submission(**(values | changes))
        session.add(row)
    return row


def running(phase: str | None = None, rows: list[dict[str, Any]] | None = None) -> dict[str, Any]:
    """The columns of a submission that somebody grades right now."""
    now = utc_now()
    return {
        "state": State.RUNNING,
        "lease_token": uuid.uuid4(),
        "lease_until": now + LEASE,
        "attempts": 1,
        "started_at": now,
        "phase": phase,
        "rows": rows,
    }


def done(verdict: str = "passed", **changes: Any) -> dict[str, Any]:
    """The columns of a finished submission; `changes` go into its result."""
    now = utc_now()
    earned = verdict == Verdict.PASSED
    rows = rows_that("passed" if earned else "failed", "GET / should answer 200")
    result = {"verdict": verdict, "message": None, "output": "", "requirements": rows}
    return {
        "state": State.DONE,
        "verdict": verdict,
        "score": sum(row["earned"] for row in rows),
        "max_score": 100,
        "attempts": 1,
        "started_at": now,
        "app_ready_at": now,
        "examined_at": now,
        "stored_at": now,
        "result": result | {"timing": {"total": 1.5}, "fairness": CARD} | changes,
    }


def rows_that(status: str, message: str | None = None) -> list[dict[str, Any]]:
    """A result row for each requirement, all of them with the same outcome and one check."""
    told = None if status == "passed" else message
    return [
        {
            "name": requirement.name,
            "title": requirement.title,
            "points": requirement.points,
            "earned": requirement.points if status == "passed" else 0,
            "status": status,
            "message": told,
            "checks": [{"title": "A check", "status": status, "message": told}],
        }
        for requirement in package().requirements
    ]


def count(sessions: sessionmaker[Session]) -> int | None:
    """How many submissions are stored."""
    with reading(sessions) as session:
        return session.scalar(select(func.count()).select_from(Submission))


def stored(sessions: sessionmaker[Session], submission_id: uuid.UUID | str) -> Submission:
    """The submission as the database has it now."""
    with reading(sessions) as session:
        return session.get_one(Submission, uuid.UUID(str(submission_id)))


def evidence_of(sessions: sessionmaker[Session], submission_id: uuid.UUID) -> list[dict[str, Any]]:
    """What is kept of the exchanges of its checks."""
    with reading(sessions) as session:
        return session.get_one(Evidence, submission_id).checks


CARD: dict[str, Any] = {
    "sandbox": "docker",
    "image": "sha256:0123",
    "python": "3.13.1",
    "fastapi": "0.165.0",
    "seed": 7,
    "limits": {"start_seconds": 5.0, "test_seconds": 10.0, "memory_mb": 256},
    "used": {"memory_peak_mb": 61.5, "cpu_seconds": 0.8, "processes_peak": 3},
}
