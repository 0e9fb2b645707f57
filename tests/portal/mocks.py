"""Mock interviews for tests: begun through the page, and moved in time through the database."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from portal.database import reading
from portal.models import Person, Sitting, SittingPart, SittingQuestion, Submission, utc_now
from portal.sittings import ending
from tests.clients import TestClient
from tests.portal.handed_in import hand_in

FORM = {"role": "fresher", "level": "freshers", "minutes": "30"}
ALL = "/mock-interviews"


def begin(client: TestClient, **changes: str) -> str:
    """Begin one; its address."""
    answer = client.post(ALL, data=FORM | changes)
    assert answer.status_code == 303, answer.text
    address: str = answer.headers["location"]
    return address


def id_of(address: str) -> uuid.UUID:
    """The sitting at this address."""
    return uuid.UUID(address.split("/")[2])


def sitting_of(sessions: sessionmaker[Session], address: str) -> Sitting:
    """The row as it is now."""
    with reading(sessions) as session:
        return session.get_one(Sitting, id_of(address))


def parts_of(sessions: sessionmaker[Session], address: str) -> list[SittingPart]:
    """Its challenges."""
    with reading(sessions) as session:
        wanted = select(SittingPart).where(SittingPart.sitting_id == id_of(address))
        return list(session.scalars(wanted.order_by(SittingPart.number)))


def questions_of(sessions: sessionmaker[Session], address: str) -> list[SittingQuestion]:
    """Its short questions."""
    with reading(sessions) as session:
        wanted = select(SittingQuestion).where(SittingQuestion.sitting_id == id_of(address))
        return list(session.scalars(wanted.order_by(SittingQuestion.number)))


def let_time_pass(
    sessions: sessionmaker[Session], address: str, ago: timedelta = timedelta(minutes=1)
) -> None:
    """It ended so long ago, but nobody has closed it."""
    with sessions.begin() as session:
        row = session.get_one(Sitting, id_of(address))
        length = row.ends_at - row.started_at
        row.ends_at = utc_now() - ago
        row.started_at = row.ends_at - length


def close(client: TestClient, sessions: sessionmaker[Session], address: str) -> None:
    """Close it as a worker does."""
    library: Any = client.app.state.library  # type: ignore[attr-defined]
    with sessions.begin() as session:
        ending.close(session, session.get_one(Sitting, id_of(address)), library.get, utc_now())


def hand_in_for(
    sessions: sessionmaker[Session], person: Person, part: SittingPart, **changes: Any
) -> Submission:
    """Something handed in for this part, now unless `changes` say otherwise."""
    return hand_in(sessions, person, challenge=part.challenge, **changes)


def save(client: TestClient, person: Person, slug: str, code: str, step: int = 1) -> None:
    """Save a draft as the room's script does."""
    sent = {
        "person": str(person.id),
        "files": {"main.py": code},
        "based_on": 0,
        "writer": "a tab",
        "step": step,
    }
    there = client.get(f"/challenges/{slug}/draft").json()["version"]
    answer = client.put(f"/challenges/{slug}/draft", json=sent | {"based_on": there})
    assert answer.status_code == 200, answer.text
