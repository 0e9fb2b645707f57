"""Saves drafts so that nothing is lost: an outdated save is told so, and every state is kept."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from graders.errors import RefusedSubmission
from graders.submission import within_limits
from portal.drafts import queries
from portal.drafts.thinning import superfluous
from portal.errors import BadInput, found
from portal.models import Cause, Draft, DraftVersion


@dataclass(frozen=True)
class Writer:
    """A tab that is open in a browser, and how often it has saved."""

    name: str
    step: int


NOBODY = Writer("", 0)


class Outdated(Exception):
    """Somebody else has saved since the version that a save is based on."""

    def __init__(self, draft: Draft) -> None:
        super().__init__(f"the draft is at version {draft.version}")
        self.draft = draft


def save(
    session: Session,
    person_id: uuid.UUID,
    challenge: str,
    files: Mapping[str, object],
    based_on: int,
    writer: Writer,
    now: datetime,
) -> Draft:
    """Store what a tab sends; raises `Outdated` when that would hide what another tab typed."""
    texts = _acceptable(files)
    queries.hold(session, person_id)
    draft = queries.current(session, person_id, challenge)
    if draft is None:
        return _begin(session, person_id, challenge, texts, Cause.TYPED, writer, now)
    if draft.files == texts or _is_overtaken(draft, writer):
        return draft
    if not _continues(session, draft, based_on, writer):
        raise Outdated(draft)
    return _go_on(session, draft, texts, Cause.TYPED, writer, now)


def replace(
    session: Session,
    person_id: uuid.UUID,
    challenge: str,
    files: Mapping[str, str],
    cause: Cause,
    now: datetime,
) -> Draft:
    """Make these files the draft; what it was before stays as a version."""
    queries.hold(session, person_id)
    draft = queries.current(session, person_id, challenge)
    if draft is None:
        return _begin(session, person_id, challenge, dict(files), cause, NOBODY, now)
    return _go_on(session, draft, dict(files), cause, NOBODY, now)


def take(
    session: Session, person_id: uuid.UUID, challenge: str, number: int, now: datetime
) -> Draft:
    """Make an earlier version the draft again."""
    wanted = found(queries.version(session, person_id, challenge, number))
    return replace(session, person_id, challenge, wanted.files, Cause.TAKEN, now)


def set_aside(
    session: Session,
    person_id: uuid.UUID,
    challenge: str,
    files: Mapping[str, object],
    now: datetime,
) -> int:
    """Keep these files as a version and leave the draft as it is; the answer is their number."""
    texts = _acceptable(files)
    queries.hold(session, person_id)
    draft = queries.current(session, person_id, challenge)
    if draft is None:
        return _begin(session, person_id, challenge, texts, Cause.SET_ASIDE, NOBODY, now).version
    return _keep(session, draft, texts, Cause.SET_ASIDE, now)


def _acceptable(files: Mapping[str, object]) -> dict[str, str]:
    try:
        return within_limits(files)
    except RefusedSubmission as error:
        raise BadInput(str(error)) from error


def _is_overtaken(draft: Draft, writer: Writer) -> bool:
    """Whether a later save of the same tab was quicker on its way."""
    return writer.name == draft.writer and writer.step <= draft.step


def _continues(session: Session, draft: Draft, based_on: int, writer: Writer) -> bool:
    """Whether this tab knows what it replaces: it saved it, or read it, or read the same text."""
    if writer.name == draft.writer or based_on == draft.version:
        return True
    base = queries.version(session, draft.person_id, draft.challenge, based_on)
    return base is not None and base.files == draft.files


def _begin(
    session: Session,
    person_id: uuid.UUID,
    challenge: str,
    texts: dict[str, str],
    cause: Cause,
    writer: Writer,
    now: datetime,
) -> Draft:
    draft = Draft(
        person_id=person_id,
        challenge=challenge,
        version=1,
        files=texts,
        saved_at=now,
        writer=writer.name,
        step=writer.step,
    )
    session.add(draft)
    session.flush()
    _keep(session, draft, texts, cause, now)
    return draft


def _go_on(
    session: Session,
    draft: Draft,
    texts: dict[str, str],
    cause: Cause,
    writer: Writer,
    now: datetime,
) -> Draft:
    draft.files = texts
    draft.version = _next_number(session, draft)
    draft.saved_at = now
    draft.writer, draft.step = writer.name, writer.step
    _keep(session, draft, texts, cause, now)
    return draft


def _next_number(session: Session, draft: Draft) -> int:
    return queries.newest_number(session, draft.person_id, draft.challenge) + 1


def _keep(
    session: Session, draft: Draft, texts: dict[str, str], cause: Cause, now: datetime
) -> int:
    number = _next_number(session, draft)
    session.add(
        DraftVersion(
            person_id=draft.person_id,
            challenge=draft.challenge,
            version=number,
            files=texts,
            size=sum(len(text.encode()) for text in texts.values()),
            cause=cause.value,
            saved_at=now,
        )
    )
    session.flush()
    _thin_out(session, draft)
    return number


def _thin_out(session: Session, draft: Draft) -> None:
    kept = queries.kept(session, draft.person_id, draft.challenge)
    numbers = superfluous(kept, draft.version)
    if numbers:
        awaited = queries.awaited(session, draft.person_id, draft.challenge)
        numbers = [number for number in numbers if number != awaited]
        session.execute(
            delete(DraftVersion).where(
                DraftVersion.person_id == draft.person_id,
                DraftVersion.challenge == draft.challenge,
                DraftVersion.version.in_(numbers),
            )
        )
