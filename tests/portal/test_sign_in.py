"""Signing in with email and password."""

from __future__ import annotations

import pytest
from fastapi import FastAPI
from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from portal.models import BrowserSession, Person
from tests.clients import TestClient, browser, give_cookie, shown
from tests.people import ADA, GRACE, MALLORY, Someone

pytestmark = pytest.mark.usefixtures("people")


def test_the_page_asks_for_email_and_password(visitor: TestClient) -> None:
    answer = visitor.get("/sign-in")
    assert answer.status_code == 200
    assert 'name="email"' in answer.text
    assert 'name="password"' in answer.text


def test_the_right_password_signs_in_and_goes_where_one_wanted(visitor: TestClient) -> None:
    answer = visitor.post(
        "/sign-in",
        data={"email": ADA.email, "password": ADA.password, "next": "/challenges/x?tab=1"},
    )
    assert answer.status_code == 303
    assert answer.headers["location"] == "/challenges/x?tab=1"
    assert visitor.get("/sign-in").headers["location"] == "/challenges"


def test_an_email_may_be_written_in_any_case_and_with_spaces(visitor: TestClient) -> None:
    answer = visitor.post(
        "/sign-in", data={"email": f"  {ADA.email.upper()} ", "password": ADA.password}
    )
    assert answer.status_code == 303


@pytest.mark.parametrize(
    ("email", "password"),
    [
        (ADA.email, "wrong"),
        ("nobody@example.org", ADA.password),
        ("nobody@example.org", "wrong"),
        ("not an email", "wrong"),
        ("with\0nul@example.org", "wrong"),
        ("", ""),
        (ADA.email, ADA.password + "x" * 2000),
    ],
)
def test_every_wrong_pair_gets_the_same_answer(
    visitor: TestClient, email: str, password: str
) -> None:
    answer = visitor.post("/sign-in", data={"email": email, "password": password})
    assert answer.status_code == 401
    assert "do not belong together" in shown(answer.text)
    assert "set-cookie" not in answer.headers


def test_a_wrong_password_keeps_the_email_and_the_way_back(visitor: TestClient) -> None:
    answer = visitor.post(
        "/sign-in", data={"email": ADA.email, "password": "wrong", "next": "/challenges/x"}
    )
    assert f'value="{ADA.email}"' in answer.text
    assert 'value="/challenges/x"' in answer.text
    assert "wrong" not in answer.text.replace("do not belong", "")


def test_somebody_without_a_password_cannot_sign_in_with_one(
    visitor: TestClient, sessions: sessionmaker[Session], people: dict[Someone, Person]
) -> None:
    with sessions.begin() as session:
        session.merge(people[GRACE]).password_hash = None
    for password in ("", "nobody has this password", GRACE.password):
        answer = visitor.post("/sign-in", data={"email": GRACE.email, "password": password})
        assert answer.status_code == 401


def test_somebody_who_is_signed_in_is_sent_on(ada: TestClient) -> None:
    answer = ada.get("/sign-in", params={"next": "/challenges/x"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/challenges/x")


def test_signing_in_gives_a_new_session_and_ends_the_old_one(
    app: FastAPI, visitor: TestClient
) -> None:
    visitor.post("/sign-in", data={"email": MALLORY.email, "password": MALLORY.password})
    before = visitor.cookies["assay_session"]
    visitor.post("/sign-in", data={"email": ADA.email, "password": ADA.password})
    after = visitor.cookies["assay_session"]
    assert before != after
    thief = browser(app)
    give_cookie(thief, "assay_session", before)
    assert thief.get("/sign-in").status_code == 200


def test_a_planted_session_is_not_taken_over(app: FastAPI, visitor: TestClient) -> None:
    give_cookie(visitor, "assay_session", "planted")
    answer = visitor.post("/sign-in", data={"email": ADA.email, "password": ADA.password})
    assert "assay_session=planted" not in answer.headers["set-cookie"]
    thief = browser(app)
    give_cookie(thief, "assay_session", "planted")
    assert thief.get("/sign-in").status_code == 200


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(visitor: TestClient) -> None:
    answer = visitor.post("/sign-in", data={"email": ADA.email, "password": ADA.password})
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert "path=/" in cookie
    assert "domain" not in cookie


def test_the_database_never_sees_the_token_of_a_browser(
    visitor: TestClient, sessions: sessionmaker[Session]
) -> None:
    visitor.post("/sign-in", data={"email": ADA.email, "password": ADA.password})
    with sessions() as session:
        assert session.scalars(select(BrowserSession.token_hash)).all()
        assert visitor.cookies["assay_session"] not in session.scalars(
            select(BrowserSession.token_hash)
        )


def test_signing_in_twice_in_the_same_browser_leaves_one_session(
    visitor: TestClient, sessions: sessionmaker[Session]
) -> None:
    for _ in range(2):
        visitor.post("/sign-in", data={"email": ADA.email, "password": ADA.password})
    with sessions() as session:
        assert session.scalar(select(func.count()).select_from(BrowserSession)) == 1


def test_extra_fields_change_nothing(
    visitor: TestClient, sessions: sessionmaker[Session], people: dict[Someone, Person]
) -> None:
    visitor.post("/sign-in", data={"email": ADA.email, "password": ADA.password, "role": "admin"})
    with sessions() as session:
        assert session.get_one(Person, people[ADA].id).role == ADA.role


def test_a_wrong_method_is_named_as_such(visitor: TestClient) -> None:
    answer = visitor.put("/sign-in")
    assert answer.status_code == 405
    assert answer.headers["allow"]
