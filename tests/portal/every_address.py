"""Every address of the site, walked from its routes, so that a new one is not forgotten."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from uuid import uuid4

from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from sqlalchemy import select

from portal.accounts.tokens import HANDLE_LENGTH
from portal.database import SAFE_METHODS, reading
from portal.models import Certificate, Sitting, State, Submission
from portal.render import PORTAL

NOBODYS = uuid.UUID("00000000-0000-4000-8000-000000000000")
ROOM = "/challenges/{slug}"
"""The one page that also opens with an earlier submission."""
GUIDE = "/guide.pdf"
"""Made in many seconds, of what every page of the guide shows to anybody."""


def addresses(app: FastAPI, rows: Sequence[Submission], safe: bool) -> Iterator[tuple[str, str]]:
    """Every method and address that the site knows, with every real object in its place."""
    for route in iter_route_contexts(app.routes):
        path = route.path or ""
        for method in sorted(route.methods or {"GET"}):
            if (method in SAFE_METHODS) == safe:
                yield from ((method, address) for address in filled(path, rows))
                yield from ((method, address) for address in of_sittings(app, path))


def of_sittings(app: FastAPI, path: str) -> Iterator[str]:
    """An address of sittings and certificates, once for each that is stored."""
    with reading(app.state.sessions) as session:
        if "{sitting_id}" in path:
            for sitting_id in session.scalars(select(Sitting.id).order_by(Sitting.ends_at)):
                yield complete(path, sitting_id=str(sitting_id), number="1")
        elif path.startswith("/certificates/"):
            for token in session.scalars(select(Certificate.token)):
                yield complete(path, token=token)


def filled(path: str, rows: Sequence[Submission]) -> Iterator[str]:
    """An address with its parameters, once for each object that fits."""
    if path == "/static":
        root = PORTAL / "static"
        files = sorted(each for each in root.rglob("*") if each.is_file())
        yield from (f"/static/{each.relative_to(root).as_posix()}" for each in files)
    elif "{submission_id}" in path:
        for row in rows:
            # The stream of one that is not done does not end; it carries phases and no text.
            if row.state is State.DONE or not path.endswith("/events"):
                yield complete(path, slug=row.challenge, submission_id=str(row.id))
    elif "{try_id}" in path:
        # Nobody's go at a quiz; those that are somebody's show explanations, and have a test.
        for slug in sorted({row.challenge for row in rows}):
            yield complete(path, slug=slug, try_id=str(uuid4()))
    elif "{slug}" in path:
        for slug in sorted({row.challenge for row in rows}):
            address = complete(path, slug=slug, number="1")
            yield address
            if path == ROOM:
                mine = (row for row in rows if row.challenge == slug)
                yield from (f"{address}?from={row.id}" for row in mine)
    elif path == "/placement/roadmap":
        yield path
        yield f"{path}?role=senior&built=team&patch=note&loop=unsure"
    elif "{sitting_id}" in path:
        yield complete(path, sitting_id=str(NOBODYS), number="1")
    else:
        known = {"track": "backend", "token": "made-up", "token_id": str(NOBODYS)}
        yield complete(path, **known, handle="0" * HANDLE_LENGTH)


def complete(path: str, **parameters: str) -> str:
    """An address without a gap; what a new route has in its path has to be said here."""
    for name, value in parameters.items():
        path = path.replace(f"{{{name}}}", value)
    assert "{" not in path, f"{path} has a parameter that this test does not know"
    return path
