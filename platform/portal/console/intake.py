"""The way in for pages: committed rows first, then a nudge for workers and watchers."""

from __future__ import annotations

import uuid
from collections.abc import Mapping

from fastapi import FastAPI
from sqlalchemy.orm import Session

from graders.asked import Asked
from graders.package import Package
from portal.console import replay, service
from portal.console.bell import ring
from portal.models import utc_now
from portal.submissions import notices

Files = Mapping[str, object] | None
"""What a browser sent of the draft; nothing if it has no script."""


def start(app: FastAPI, person_id: uuid.UUID, package: Package, files: Files) -> None:
    """Start a console, in place of any that is open."""
    with app.state.sessions.begin() as session:
        texts = files or service.code_at_hand(session, person_id, package)
        row = service.start(session, person_id, package, texts, utc_now())
    _tell(app, row.id)


def ask(app: FastAPI, person_id: uuid.UUID, package: Package, asked: Asked, files: Files) -> int:
    """Store a request, in a new console if none is open; returns its number."""
    with app.state.sessions.begin() as session:
        number, console_id = _ask(session, person_id, package, asked, files)
    _tell(app, console_id)
    return number


def ask_again(
    app: FastAPI, person_id: uuid.UUID, run_id: uuid.UUID, place: tuple[str, int, int], files: Files
) -> tuple[str, int]:
    """Start a console and send what a check of a run had sent; its challenge and the number."""
    with app.state.sessions.begin() as session:
        run = replay.run_of(session, person_id, run_id)
        asked = replay.request_of(session, run, *place)
        package = app.state.library.get(run.challenge)
        console = service.start(session, person_id, package, files or run.files, utc_now())
        number = service.ask(session, person_id, package.slug, asked, utc_now()).number
    _tell(app, console.id)
    return package.slug, number


def end(app: FastAPI, person_id: uuid.UUID, slug: str) -> None:
    """End the console of this challenge."""
    with app.state.sessions.begin() as session:
        row = service.end(session, person_id, slug, utc_now())
    if row:
        _tell(app, row.id)


def _ask(
    session: Session, person_id: uuid.UUID, package: Package, asked: Asked, files: Files
) -> tuple[int, uuid.UUID | None]:
    if not service.is_open(session, person_id, package.slug, utc_now()):
        texts = files or service.code_at_hand(session, person_id, package)
        service.start(session, person_id, package, texts, utc_now())
    row = service.ask(session, person_id, package.slug, asked, utc_now())
    return row.number, row.console_id


def _tell(app: FastAPI, console_id: object) -> None:
    ring(app.state.redis)
    notices.announce(app.state.redis, console_id)
