"""Follows one console until it has ended: a notice wakes us, the row says what is true."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import AsyncIterator
from datetime import datetime

from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool

from portal.console import queries
from portal.console.phase import phase_of
from portal.database import reading
from portal.models import utc_now
from portal.submissions.stream import RECHECK_SECONDS

Seen = tuple[str, datetime | None, bool]
"""The phase, when the last answer came, and whether the operations are known."""


async def changes(app: FastAPI, console_id: uuid.UUID) -> AsyncIterator[str]:
    """The phase at first, then again at every change; ends after `ended`."""
    seen: Seen | None = None
    with app.state.watchers.watching(console_id) as woken:
        while True:
            woken.clear()
            now = await run_in_threadpool(_look, app, console_id)
            if now != seen:
                seen = now
                yield now[0]
            if now[0] == "ended":
                return
            try:
                await asyncio.wait_for(woken.wait(), RECHECK_SECONDS)
            except TimeoutError:
                continue


def _look(app: FastAPI, console_id: uuid.UUID) -> Seen:
    with reading(app.state.sessions) as session:
        found = queries.moment(session, console_id)
    if found is None:
        return ("ended", None, False)
    return (phase_of(found, utc_now()), found.answered_at, bool(found.has_reference))
