"""Deleting one's account, with everything in it."""

from __future__ import annotations

import pytest
from fastapi import FastAPI
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session, sessionmaker

from portal.accounts.joining.service import make_link
from portal.database import reading
from portal.mail.service import want
from portal.models import Attempt, Base, Evidence, Mail, Person, Purpose, Role, Submission
from tests.clients import TestClient, api_client, browser, shown
from tests.databases import ON_SQLITE
from tests.people import ADA, GRACE, Someone
from tests.portal.handed_in import done, hand_in, running

pytestmark = pytest.mark.usefixtures("people")


def counts(sessions: sessionmaker[Session]) -> dict[str, int | None]:
    """How many rows each table has."""
    with reading(sessions) as session:
        return {
            table.name: session.scalar(select(func.count()).select_from(table))
            for table in Base.metadata.sorted_tables
        }


def test_everything_that_is_theirs_is_gone_and_nothing_else(
    app: FastAPI,
    ada: TestClient,
    sessions: sessionmaker[Session],
    people: dict[Someone, Person],
) -> None:
    before = counts(sessions)
    graded = hand_in(sessions, people[ADA], **done("failed"))
    hand_in(sessions, people[ADA], **running("examining"))
    kept = hand_in(sessions, people[GRACE], **done("passed"))
    with sessions.begin() as session:
        session.add(Attempt(submission_id=graded.id, number=1, worker="w"))
        session.add(Evidence(submission_id=graded.id, checks=[]))
        make_link(session, Purpose.PASSWORD, ADA.email, people[ADA].id)
        make_link(session, Purpose.REGISTER, ADA.email)
        want(session, "password", ADA.email)
    program, phone = api_client(app, people[ADA]), browser(app, people[ADA])
    assert "2 submissions" in shown(ada.get("/account/delete").text)

    answer = ada.post("/account/delete", data={"proof": ADA.password})

    assert (answer.status_code, answer.headers["location"]) == (303, "/goodbye")
    assert "Goodbye" in ada.get("/goodbye").text
    after = counts(sessions)
    assert after.pop("people") == (before.pop("people") or 0) - 1
    assert after.pop("submissions") == 1
    assert before.pop("submissions") == 0
    assert after | {"browser_sessions": 0} == before | {"browser_sessions": 0}
    with reading(sessions) as session:
        assert session.scalars(select(Submission.id)).all() == [kept.id]
    assert program.get(f"/api/v1/submissions/{graded.id}").status_code == 401
    for client in (ada, phone):
        assert client.get("/account").headers["location"].startswith("/sign-in")


def test_the_address_can_be_used_again(ada: TestClient, app: FastAPI) -> None:
    ada.post("/account/delete", data={"proof": ADA.password})
    again = browser(app).post("/sign-in", data={"email": ADA.email, "password": ADA.password})
    assert again.status_code == 401


@pytest.mark.parametrize("proof", ["", "wrong", ADA.email, "x" * 5000])
def test_a_wrong_password_deletes_nothing(
    ada: TestClient, sessions: sessionmaker[Session], proof: str
) -> None:
    before = counts(sessions)
    answer = ada.post("/account/delete", data={"proof": proof})
    assert answer.status_code == 422
    assert "nothing was deleted" in shown(answer.text)
    assert counts(sessions) == before


def test_who_has_no_password_types_the_email(
    ada: TestClient, sessions: sessionmaker[Session], people: dict[Someone, Person]
) -> None:
    with sessions.begin() as session:
        session.merge(people[ADA]).password_hash = None
    assert f"Type {ADA.email}" in ada.get("/account/delete").text
    for wrong in ("", GRACE.email, ADA.password):
        assert ada.post("/account/delete", data={"proof": wrong}).status_code == 422
    answer = ada.post("/account/delete", data={"proof": f" {ADA.email.upper()} "})
    assert answer.headers["location"] == "/goodbye"


def test_the_last_admin_stays_and_is_told_why(
    grace: TestClient, sessions: sessionmaker[Session], people: dict[Someone, Person]
) -> None:
    form = {"proof": GRACE.password}
    answer = grace.post("/account/delete", data=form)
    assert answer.status_code == 409
    assert "You are the only admin here" in shown(answer.text)
    assert grace.get("/account").status_code == 200
    with sessions.begin() as session:
        session.execute(update(Person).where(Person.id == people[ADA].id).values(role=Role.ADMIN))
    assert grace.post("/account/delete", data=form).headers["location"] == "/goodbye"


def test_twice_is_once(ada: TestClient, sessions: sessionmaker[Session]) -> None:
    ada.post("/account/delete", data={"proof": ADA.password})
    after = counts(sessions)
    answer = ada.post("/account/delete", data={"proof": ADA.password})
    assert answer.headers["location"].startswith("/sign-in")
    assert counts(sessions) == after


@ON_SQLITE
def test_no_mail_goes_out_to_who_has_left(ada: TestClient, sessions: sessionmaker[Session]) -> None:
    with sessions.begin() as session:
        want(session, "password_changed", ADA.email)
    ada.post("/account/delete", data={"proof": ADA.password})
    with reading(sessions) as session:
        assert session.scalar(select(func.count()).select_from(Mail)) == 0


@ON_SQLITE
def test_goodbye_is_for_who_has_left(ada: TestClient, visitor: TestClient) -> None:
    assert ada.get("/goodbye").headers["location"] == "/challenges"
    assert visitor.get("/goodbye").status_code == 200
