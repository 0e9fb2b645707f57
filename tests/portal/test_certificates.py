"""Certificates: made by their owner, read by anybody with the address, revoked for good."""

from __future__ import annotations

import re

import pytest
from fastapi import FastAPI
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, sessionmaker

from portal.certificates.service import new_token
from portal.database import reading
from portal.models import Certificate, Person
from tests.clients import TestClient, shown
from tests.people import ADA, Someone
from tests.portal.handed_in import done
from tests.portal.mocks import begin, hand_in_for, id_of, let_time_pass, parts_of

Sessions = sessionmaker[Session]
People = dict[Someone, Person]


@pytest.fixture
def address(ada: TestClient, sessions: Sessions, people: People) -> str:
    """A finished interview of Ada's."""
    address = begin(ada)
    (part, *_) = parts_of(sessions, address)
    graded = {"challenge_version": 41, "challenge_digest": "d" * 64}
    hand_in_for(sessions, people[ADA], part, **done("partial") | {"score": 70} | graded)
    ada.post(f"{address}/end")
    return address


def make(client: TestClient, address: str) -> str:
    """Make one; where it is."""
    answer = client.post(f"{address}/certificate")
    assert answer.status_code == 303, answer.text
    place: str = answer.headers["location"]
    return place


def rows(sessions: Sessions) -> list[Certificate]:
    with reading(sessions) as session:
        return list(session.scalars(select(Certificate)))


def test_anybody_with_the_address_reads_what_was_reached_and_how(
    ada: TestClient, visitor: TestClient, address: str, people: People
) -> None:
    place = make(ada, address)
    answer = visitor.get(place)
    page = shown(answer.text)
    assert answer.status_code == 200
    for words in (
        "Ada reached 70 of 100 points",
        "0 of 4 questions right",
        "30 minutes: Fresher, level Freshers",
        "41",
        f"Content {'d' * 64}",
        "Nobody watched",
        "This page is the proof",
        "http://127.0.0.1:8000/certificates/",
    ):
        assert words in page, words
    assert answer.headers["x-robots-tag"] == "noindex, nofollow"
    for private in (ADA.email, str(people[ADA].id), str(id_of(address)), "Revoke"):
        assert private not in answer.text


def test_its_address_cannot_be_guessed(ada: TestClient, address: str, visitor: TestClient) -> None:
    place = make(ada, address)
    token = place.rpartition("/")[2]
    assert re.fullmatch(r"[A-Za-z0-9_-]{32}", token)  # 192 bits
    for wrong in (token[:-1], token.swapcase(), new_token(), "x", "a%00b", "é" * 32, "9" * 4000):
        answer = visitor.get(f"/certificates/{wrong}")
        assert answer.status_code == 404, wrong


def test_a_second_click_makes_no_second_one(
    ada: TestClient, address: str, sessions: Sessions
) -> None:
    assert make(ada, address) == make(ada, address)
    assert len(rows(sessions)) == 1
    assert make(ada, address) in ada.get(f"{address}/report").text
    assert "Certificate" in ada.get("/mock-interviews").text


def test_the_database_itself_takes_one_valid_one(
    ada: TestClient, address: str, sessions: Sessions, people: People
) -> None:
    make(ada, address)
    with pytest.raises(IntegrityError), sessions.begin() as session:
        session.add(
            Certificate(
                token=new_token(), sitting_id=id_of(address), person_id=people[ADA].id, facts={}
            )
        )


def test_it_says_the_name_as_it_was(
    ada: TestClient, address: str, visitor: TestClient, sessions: Sessions, people: People
) -> None:
    place = make(ada, address)
    with sessions.begin() as session:
        session.get_one(Person, people[ADA].id).name = "<b>Augusta</b>"
    assert "Ada reached" in shown(visitor.get(place).text)
    ada.post(f"{place}/revoke")
    again = visitor.get(make(ada, address)).text
    assert "&lt;b&gt;Augusta&lt;/b&gt;" in again


def test_its_owner_revokes_it_for_good_and_makes_another(
    ada: TestClient, visitor: TestClient, address: str
) -> None:
    place = make(ada, address)
    assert "Revoke this certificate" in ada.get(place).text
    answers = [ada.post(f"{place}/revoke") for _ in range(2)]
    assert {each.headers["location"] for each in answers} == {f"{address}/report"}
    gone = visitor.get(place)
    assert gone.status_code == 410
    assert gone.headers["x-robots-tag"] == "noindex, nofollow"
    assert "was revoked" in gone.text
    assert "Ada reached" not in shown(gone.text)
    another = make(ada, address)
    assert another != place
    assert visitor.get(another).status_code == 200
    assert visitor.get(place).status_code == 410


def test_nobody_else_revokes_or_makes_one(
    ada: TestClient, mallory: TestClient, visitor: TestClient, address: str, sessions: Sessions
) -> None:
    place = make(ada, address)
    assert mallory.post(f"{place}/revoke").status_code == 404
    assert mallory.post(f"{address}/certificate").status_code == 404
    assert visitor.post(f"{place}/revoke").status_code == 303
    assert visitor.get(place).status_code == 200
    assert "Revoke" not in mallory.get(place).text
    assert mallory.get(f"{place}/revoke").status_code == 405
    assert len(rows(sessions)) == 1


def test_there_is_none_before_the_end_or_before_everything_is_graded(
    ada: TestClient, sessions: Sessions, people: People
) -> None:
    address = begin(ada)
    (part, *_) = parts_of(sessions, address)
    early = ada.post(f"{address}/certificate")
    assert (early.status_code, "still under way" in early.text) == (409, True)
    hand_in_for(sessions, people[ADA], part)
    let_time_pass(sessions, address)
    assert ada.post(f"{address}/certificate").status_code == 409
    ada.post(f"{address}/end")
    assert rows(sessions) == []


def test_what_is_graded_anew_changes_no_certificate(
    ada: TestClient, visitor: TestClient, address: str, app: FastAPI, sessions: Sessions
) -> None:
    place = make(ada, address)
    app.state.library._packages.clear()
    assert "70 of 100 points" in shown(visitor.get(place).text)


def test_it_goes_with_the_account(
    ada: TestClient, visitor: TestClient, address: str, sessions: Sessions, people: People
) -> None:
    place = make(ada, address)
    with sessions.begin() as session:
        session.delete(session.get_one(Person, people[ADA].id))
    assert visitor.get(place).status_code == 404
    assert rows(sessions) == []
