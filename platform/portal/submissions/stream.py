"""Follows one submission until it is done: a notice wakes us, the row says what is true."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import AsyncIterator
from typing import NamedTuple

from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool

from portal.database import reading
from portal.submissions import queries

RECHECK_SECONDS = 2.0
"""How long a lost notice can keep a watcher waiting."""


class Moment(NamedTuple):
    """What a watcher can see change."""

    phase: str
    ended_checks: int


async def changes(app: FastAPI, submission_id: uuid.UUID) -> AsyncIterator[str]:
    """The phase at first, then again at every change; ends after `done`."""
    seen: Moment | None = None
    with app.state.watchers.watching(submission_id) as woken:
        while True:
            woken.clear()
            now = await run_in_threadpool(_moment, app, submission_id)
            if now is None:
                return
            if now != seen:
                seen = now
                yield now.phase
            if now.phase == "done":
                return
            try:
                await asyncio.wait_for(woken.wait(), RECHECK_SECONDS)
            except TimeoutError:
                continue


def _moment(app: FastAPI, submission_id: uuid.UUID) -> Moment | None:
    with reading(app.state.sessions) as session:
        found = queries.progress(session, submission_id)
    if found is None:
        return None
    state, phase, rows = found
    checks = [check for row in rows or [] for check in row["checks"]]
    ended = sum(check["status"] not in ("waiting", "running") for check in checks)
    return Moment(phase or ("starting" if state == "running" else state), ended)
