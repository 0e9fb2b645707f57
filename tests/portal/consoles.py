"""Consoles for tests: rows in any state, and what was asked in them."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from graders import api_reference
from portal.database import reading
from portal.models import Console, ConsoleRequest, ConsoleState, Person, utc_now
from tests.portal.handed_in import FILES, SLUG, package

Sessions = sessionmaker[Session]
PAGE = f"/challenges/{SLUG}/console"


def open_console(sessions: Sessions, person: Person, **changes: Any) -> Console:
    """A console of this person that waits, unless `changes` say otherwise."""
    about = package()
    values: dict[str, Any] = {
        "person_id": person.id,
        "challenge": SLUG,
        "challenge_version": about.description.version,
        "challenge_digest": about.digest,
        "files": FILES,
        "created_at": utc_now(),
    }
    with sessions.begin() as session:
        row = Console(**(values | changes))
        session.add(row)
    return row


def ready(**changes: Any) -> dict[str, Any]:
    """The columns of a console that answers."""
    now = utc_now()
    return {
        "state": ConsoleState.READY,
        "lease_token": uuid.uuid4(),
        "lease_until": now + timedelta(seconds=60),
        "started_at": now,
        "ready_at": now,
        "active_at": now,
    } | changes


def ended(ending: str, **changes: Any) -> dict[str, Any]:
    """The columns of a console that has ended."""
    return {"state": ConsoleState.ENDED, "ending": ending, "ended_at": utc_now()} | changes


def described(text: str) -> dict[str, object]:
    """A reference all of whose texts are this one."""
    schema = {"type": "string", "properties": {text: {"type": text, "default": text}}}
    content = {"content": {text: {"schema": schema}}}
    operation = {
        "summary": text,
        "description": text,
        "deprecated": True,
        "parameters": [
            {"name": text, "in": "query", "description": text, "required": True, "schema": schema}
        ],
        "requestBody": content,
        "responses": {text: {"description": text} | content},
    }
    about = {"title": text, "version": text, "description": text}
    said = {"openapi": text, "info": about, "paths": {f"/{text}/{{id}}": {"post": operation}}}
    reference = api_reference.read(said)
    assert reference is not None
    return reference.model_dump(mode="json")


def asked(sessions: Sessions, console: Console, number: int = 1, **changes: Any) -> ConsoleRequest:
    """A request in this console, answered with 200 unless `changes` say otherwise."""
    values: dict[str, Any] = {
        "person_id": console.person_id,
        "console_id": console.id,
        "challenge": console.challenge,
        "number": number,
        "method": "GET",
        "target": "/",
        "headers": [],
        "body": "",
        "asked_at": utc_now(),
        "answered_at": utc_now(),
        "status": 200,
        "answer": answer("hello"),
    }
    with sessions.begin() as session:
        row = ConsoleRequest(**(values | changes))
        session.add(row)
    return row


def answer(body: str | None, **changes: Any) -> dict[str, Any]:
    """What is stored of an answer."""
    return {
        "reason": "OK",
        "headers": [["content-type", "text/plain"]],
        "more_headers": 0,
        "body": body,
        "pretty": None,
        "size": len(body or ""),
        "seconds": 0.012,
    } | changes


def consoles(sessions: Sessions) -> list[Console]:
    """All of them, the oldest first."""
    with reading(sessions) as session:
        return list(session.scalars(select(Console).order_by(Console.created_at)))


def requests(sessions: Sessions) -> list[ConsoleRequest]:
    """All that was asked, in order."""
    with reading(sessions) as session:
        return list(session.scalars(select(ConsoleRequest).order_by(ConsoleRequest.number)))
