"""Starting, asking and ending: every rule about consoles that is not about the box."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from graders.asked import Asked
from graders.errors import RefusedSubmission
from graders.package import Package
from graders.submission import checked
from portal.console import lease, limits, queries, words
from portal.console.phase import phase_of
from portal.drafts import queries as drafts
from portal.errors import BadInput, TooFast, found
from portal.models import Console, ConsoleRequest
from portal.submissions import queries as submissions


def start(
    session: Session,
    person_id: uuid.UUID,
    package: Package,
    files: Mapping[str, object],
    now: datetime,
) -> Console:
    """A console that waits for its place; the one that was open, of any challenge, has ended."""
    try:
        texts = checked(files, package.description.entry)
    except RefusedSubmission as error:
        raise BadInput(str(error)) from error
    queries.lock_person(session, person_id)
    if queries.starts_since(session, person_id, now - limits.MINUTE) >= limits.STARTS_A_MINUTE:
        raise TooFast(words.TOO_MANY_STARTS.format(most=limits.STARTS_A_MINUTE))
    _end_open(session, person_id, "replaced", now)
    old = queries.old_ids(session, person_id, limits.KEPT_CONSOLES - 1)
    session.execute(delete(Console).where(Console.id.in_(old)))
    row = Console(
        person_id=person_id,
        challenge=package.slug,
        challenge_version=package.description.version,
        challenge_digest=package.digest,
        files=texts,
        created_at=now,
    )
    session.add(row)
    session.flush()
    return row


def ask(
    session: Session, person_id: uuid.UUID, slug: str, asked: Asked, now: datetime
) -> ConsoleRequest:
    """A request that waits for its answer, in the console that is open."""
    console = found(queries.latest(session, person_id, slug))
    if queries.unanswered(session, console.id) >= limits.MOST_UNANSWERED:
        raise TooFast(words.TOO_MANY_WAITING.format(most=limits.MOST_UNANSWERED))
    minute_ago = now - limits.MINUTE
    if queries.requests_since(session, person_id, minute_ago) >= limits.REQUESTS_A_MINUTE:
        raise TooFast(words.TOO_MANY_REQUESTS.format(most=limits.REQUESTS_A_MINUTE))
    return _add(session, console, asked, now)


def is_open(session: Session, person_id: uuid.UUID, slug: str, now: datetime) -> bool:
    """Whether there is a console that could still answer."""
    queries.lock_person(session, person_id)
    console = queries.latest(session, person_id, slug)
    return console is not None and phase_of(console, now) != "ended"


def end(session: Session, person_id: uuid.UUID, slug: str, now: datetime) -> Console | None:
    """End the console of this challenge, if it is open; ending it twice is no mistake."""
    queries.lock_person(session, person_id)
    for row in queries.open_of(session, person_id):
        if row.challenge == slug and lease.end(session, row, "closed", now=now):
            return row
    return None


def code_at_hand(session: Session, person_id: uuid.UUID, package: Package) -> Mapping[str, str]:
    """What was saved, run, handed in or started last, for a page that sends no code itself."""
    draft = drafts.current(session, person_id, package.slug)
    run = submissions.latest(session, person_id, package.slug)
    before = queries.latest_files(session, person_id, package.slug)
    known = [
        *([(draft.saved_at, draft.files)] if draft else []),
        *([(run.submitted_at, run.files)] if run else []),
        *([before] if before else []),
    ]
    return max(known, key=lambda each: each[0])[1] if known else package.starter


def _end_open(session: Session, person_id: uuid.UUID, ending: str, now: datetime) -> None:
    for row in queries.open_of(session, person_id):
        lease.end(session, row, ending, now=now)


def _add(session: Session, console: Console, asked: Asked, now: datetime) -> ConsoleRequest:
    number = queries.last_number(session, console.person_id, console.challenge) + 1
    session.execute(
        delete(ConsoleRequest).where(
            ConsoleRequest.person_id == console.person_id,
            ConsoleRequest.challenge == console.challenge,
            ConsoleRequest.number <= number - limits.KEPT_REQUESTS,
        )
    )
    row = ConsoleRequest(
        person_id=console.person_id,
        console_id=console.id,
        challenge=console.challenge,
        number=number,
        method=asked.method,
        target=asked.target,
        headers=[list(header) for header in asked.headers],
        body=asked.body,
        asked_at=now,
    )
    session.add(row)
    session.flush()
    return row
