"""Downloading everything that the site holds of oneself."""

from __future__ import annotations

import json
from typing import Any

import pytest
from fastapi import FastAPI
from sqlalchemy.orm import Session, sessionmaker

from portal.accounts import service
from portal.accounts.joining.service import make_link
from portal.accounts.profile.download import PARTS, ROWS_AT_A_TIME
from portal.models import (
    Attempt,
    Base,
    Evidence,
    Identity,
    Kind,
    Person,
    Purpose,
    ShownHint,
    Submission,
)
from tests.clients import TestClient
from tests.databases import ON_SQLITE
from tests.people import ADA, MALLORY, Someone
from tests.portal.handed_in import FILES, done, hand_in

HERS, HIDDEN = "what her run sent", "what a hidden check sent"


def failed() -> dict[str, Any]:
    """A graded row whose result has parts that are not for its owner."""
    columns = done("failed")
    card = columns["result"]["fairness"] | {"reason": "what only its author may read"}
    columns["result"] |= {"fairness": card, "output": "what the app printed"}
    return columns


def everything(client: TestClient) -> dict[str, Any]:
    answer = client.get("/account/data")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/json"
    found: dict[str, Any] = json.loads(answer.text)
    return found


@pytest.fixture
def handed_in(sessions: sessionmaker[Session], people: dict[Someone, Person]) -> list[Submission]:
    """A submission and a run of Ada's, with something in every table."""
    rows = [hand_in(sessions, people[ADA], kind=kind, **failed()) for kind in Kind]
    with sessions.begin() as session:
        for row, seen in zip(rows, (HIDDEN, HERS), strict=True):
            session.add(Attempt(submission_id=row.id, number=1, worker="w-1", outcome="failed"))
            session.add(Evidence(submission_id=row.id, checks=[{"sent": seen}]))
        session.add(Identity(person_id=people[ADA].id, issuer="https://id", subject="ada"))
        service.make_api_token(session, people[ADA].id, "My laptop")
        service.make_sign_in_link(session, people[ADA], 1)
        make_link(session, Purpose.PASSWORD, ADA.email, people[ADA].id)
    return rows


def test_it_is_a_file_to_keep(ada: TestClient) -> None:
    answer = ada.get("/account/data")
    assert answer.headers["content-disposition"].startswith('attachment; filename="assay-data-20')
    assert answer.headers["cache-control"] == "no-store"


def test_all_of_it_is_there(ada: TestClient, handed_in: list[Submission]) -> None:
    found = everything(ada)
    assert found["person"]["email"] == ADA.email
    assert [row["files"] for row in found["submissions"]] == [FILES, FILES]
    assert {row["id"] for row in found["submissions"]} == {str(row.id) for row in handed_in}
    assert all(row["result"]["requirements"] for row in found["submissions"])
    # What an app printed during hidden checks may be a hidden request.
    printed = {row["kind"]: row["result"]["output"] for row in found["submissions"]}
    assert printed == {"run": "what the app printed", "submission": None}
    assert [row["number"] for row in found["attempts"]] == [1, 1]
    assert [row["name"] for row in found["api_tokens"]] == ["My laptop"]
    assert [row["subject"] for row in found["identities"]] == ["ada"]
    assert [row["purpose"] for row in found["mailed_links"]] == ["password"]
    assert len(found["browser_sessions"]) == len(found["sign_in_links"]) == 1


def test_no_secret_and_nothing_hidden_is_in_it(
    ada: TestClient, handed_in: list[Submission]
) -> None:
    text = ada.get("/account/data").text
    for word in ("_hash", "lease_token", "w-1", "only its author", HIDDEN):
        assert word not in text, word
    assert HERS in text


def test_nothing_of_it_is_somebody_elses(mallory: TestClient, handed_in: list[Submission]) -> None:
    text = mallory.get("/account/data").text
    assert MALLORY.email in text
    for word in (ADA.email, "My laptop", HERS, *(str(row.id) for row in handed_in)):
        assert word not in text, word


@ON_SQLITE
def test_much_of_it_comes_in_pieces(
    app: FastAPI,
    ada: TestClient,
    sessions: sessionmaker[Session],
    people: dict[Someone, Person],
) -> None:
    many = 2 * ROWS_AT_A_TIME
    with sessions.begin() as session:
        for number in range(many):
            service.make_api_token(session, people[ADA].id, f"token {number}")
    names = [row["name"] for row in everything(ada)["api_tokens"]]
    assert sorted(names) == sorted(f"token {number}" for number in range(many))


@ON_SQLITE
def test_many_rows_of_several_keys_come_in_pieces_too(
    ada: TestClient, sessions: sessionmaker[Session], people: dict[Someone, Person]
) -> None:
    wanted = {(f"challenge-{n % 3}", n) for n in range(2 * ROWS_AT_A_TIME + 1)}
    with sessions.begin() as session:
        for slug, number in wanted:
            session.add(ShownHint(person_id=people[ADA].id, challenge=slug, number=number))
    told = [(row["challenge"], row["number"]) for row in everything(ada)["shown_hints"]]
    assert sorted(told) == sorted(wanted)


@ON_SQLITE
def test_it_needs_a_login(visitor: TestClient) -> None:
    assert visitor.get("/account/data").headers["location"].startswith("/sign-in")


def test_every_table_that_knows_a_person_is_in_it() -> None:
    told = {"people", *(part.model.__tablename__ for part in PARTS)}
    # Mails are found by their address; nothing else of a person may be forgotten.
    assert {table.name for table in Base.metadata.tables.values()} - {"mails"} == told


def test_every_row_goes_with_its_person() -> None:
    for table in Base.metadata.tables.values():
        keys = {key.column.table.name: key.ondelete for key in table.foreign_keys}
        if "people" in keys:
            assert keys["people"] == "CASCADE", table.name
        else:
            assert set(keys.values()) <= {"CASCADE"}, table.name
