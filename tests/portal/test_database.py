"""Sessions: what a request may do, when it commits, and many writers at once."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone

import pytest
from fastapi import FastAPI
from sqlalchemy import func, select, update
from sqlalchemy.exc import DBAPIError, IntegrityError, StatementError
from sqlalchemy.orm import Session, sessionmaker

from portal.accounts import service
from portal.accounts.identity import ApiPerson
from portal.database import RequestSession, reading
from portal.errors import Conflict
from portal.models import Person, Role
from tests.clients import TestClient
from tests.people import ADA, GRACE, Someone


@pytest.fixture(autouse=True)
def _an_address_that_makes_a_person(app: FastAPI) -> None:
    @app.api_route("/make/{name}", methods=["GET", "POST"])
    def make(session: RequestSession, name: str) -> dict[str, str]:
        service.create_person(session, f"{name}@example.org", Role.CANDIDATE)
        if name == "clash":
            raise Conflict("No. Try another.")
        if name == "crash":
            raise RuntimeError("no")
        return {"made": name}


def count(sessions: sessionmaker[Session]) -> int | None:
    with reading(sessions) as session:
        return session.scalar(select(func.count()).select_from(Person))


def test_a_request_that_went_well_is_kept(
    visitor: TestClient, sessions: sessionmaker[Session]
) -> None:
    assert visitor.post("/make/new").json() == {"made": "new"}
    assert count(sessions) == 1


@pytest.mark.parametrize("name", ["clash", "crash"])
def test_a_request_that_failed_changes_nothing(
    visitor: TestClient, sessions: sessionmaker[Session], name: str
) -> None:
    assert visitor.post(f"/make/{name}").status_code >= 400
    assert count(sessions) == 0


def test_a_get_cannot_change_anything_even_by_mistake(
    visitor: TestClient, sessions: sessionmaker[Session]
) -> None:
    assert visitor.get("/make/new").status_code == 500
    assert count(sessions) == 0
    assert visitor.post("/make/new").status_code == 200


def test_a_session_that_reads_cannot_write(
    sessions: sessionmaker[Session], people: dict[Someone, Person]
) -> None:
    with reading(sessions) as session, pytest.raises(DBAPIError, match=r"read.?only"):
        session.execute(update(Person).values(name="Mallory"))
    with sessions.begin() as session:
        session.execute(update(Person).values(name="A name"))


def test_a_reader_does_not_wait_for_a_writer(
    sessions: sessionmaker[Session], people: dict[Someone, Person]
) -> None:
    with sessions.begin() as writer:
        writer.execute(update(Person).values(name="New"))
        with reading(sessions) as session:
            assert session.get_one(Person, people[ADA].id).name == ADA.name


def test_writers_that_read_first_take_turns_and_lose_nothing(
    sessions: sessionmaker[Session], people: dict[Someone, Person]
) -> None:
    start = threading.Barrier(8)

    def add_a_letter(_: int) -> None:
        start.wait()
        with sessions.begin() as session:
            mine = select(Person).where(Person.id == people[ADA].id).with_for_update()
            person = session.scalars(mine).one()
            person.name += "x"

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(add_a_letter, range(8)))
    with reading(sessions) as session:
        assert session.get_one(Person, people[ADA].id).name == ADA.name + "x" * 8


def test_fifty_requests_at_once_all_get_through(
    visitor: TestClient, sessions: sessionmaker[Session]
) -> None:
    with visitor, ThreadPoolExecutor(50) as threads:
        answers = list(threads.map(lambda n: visitor.post(f"/make/p{n}").status_code, range(50)))
    assert answers == [200] * 50
    assert count(sessions) == 50


def test_fifty_programs_at_once_all_get_through(app: FastAPI, ada_api: TestClient) -> None:
    @app.post("/api/v1/make/{name}")
    def make(person: ApiPerson, session: RequestSession, name: str) -> dict[str, str]:
        service.create_person(session, f"{name}@example.org", Role.CANDIDATE)
        return {"by": person.name}

    def post(number: int) -> int:
        answer: int = ada_api.post(f"/api/v1/make/p{number}").status_code
        return answer

    with ada_api, ThreadPoolExecutor(50) as threads:
        assert list(threads.map(post, range(50))) == [200] * 50


def test_times_come_back_as_the_same_moment_in_utc(
    sessions: sessionmaker[Session], people: dict[Someone, Person]
) -> None:
    moment = datetime(2026, 11, 22, 12, 0, 0, 123456, timezone(timedelta(hours=5)))
    with sessions.begin() as session:
        session.get_one(Person, people[ADA].id).created_at = moment
    with reading(sessions) as session:
        kept = session.get_one(Person, people[ADA].id).created_at
        assert kept == moment
        assert kept.tzinfo == UTC
        assert session.scalars(select(Person.id).where(Person.created_at == moment)).one()


def test_a_time_without_a_zone_is_refused(
    sessions: sessionmaker[Session], people: dict[Someone, Person]
) -> None:
    with pytest.raises(StatementError, match="without a zone"), sessions.begin() as session:
        session.get_one(Person, people[ADA].id).created_at = datetime(2026, 1, 1)


def test_what_belongs_to_a_person_goes_with_them(
    sessions: sessionmaker[Session], people: dict[Someone, Person]
) -> None:
    with sessions.begin() as session:
        service.make_api_token(session, people[GRACE].id, "laptop")
    with sessions.begin() as session:
        session.delete(session.get_one(Person, people[GRACE].id))
    with pytest.raises(IntegrityError), sessions.begin() as session:
        service.make_api_token(session, people[GRACE].id, "laptop")
