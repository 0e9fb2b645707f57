"""The link that a person's own terminal prints."""

from __future__ import annotations

import pytest
from fastapi import FastAPI
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from portal.accounts import service
from portal.models import Person, SignInLink
from tests.clients import TestClient, browser, shown
from tests.people import ADA, GRACE, Someone


@pytest.fixture
def link(sessions: sessionmaker[Session], people: dict[Someone, Person]) -> str:
    with sessions.begin() as session:
        return f"/link/{service.make_sign_in_link(session, people[GRACE], hours=1)}"


def test_a_link_signs_in_and_leads_to_the_challenges(visitor: TestClient, link: str) -> None:
    answer = visitor.get(link)
    assert (answer.status_code, answer.headers["location"]) == (303, "/challenges")
    assert visitor.get("/sign-in").status_code == 303


def test_a_link_works_as_often_as_one_likes(app: FastAPI, link: str) -> None:
    for _ in range(2):
        assert browser(app).get(link).status_code == 303


def test_a_link_replaces_whoever_was_signed_in(ada: TestClient, link: str) -> None:
    before = ada.cookies["assay_session"]
    ada.get(link)
    assert ada.cookies["assay_session"] != before


def test_a_link_that_expired_and_one_made_up_get_the_same_answer(
    visitor: TestClient, sessions: sessionmaker[Session], people: dict[Someone, Person]
) -> None:
    with sessions.begin() as session:
        old = service.make_sign_in_link(session, people[ADA], hours=-1)
    answers = [visitor.get(f"/link/{token}") for token in (old, "made-up", "%00", "%ff")]
    assert {answer.status_code for answer in answers} == {404}
    assert all("does not work any more" in shown(answer.text) for answer in answers)
    assert all("set-cookie" not in answer.headers for answer in answers)


def test_revoked_links_are_dead_and_browsers_stay_signed_in(
    app: FastAPI, visitor: TestClient, link: str, sessions: sessionmaker[Session]
) -> None:
    visitor.get(link)
    with sessions.begin() as session:
        service.revoke_sign_in_links(session)
    assert browser(app).get(link).status_code == 404
    assert visitor.get("/sign-in").status_code == 303


def test_the_database_never_sees_the_token_of_a_link(
    link: str, sessions: sessionmaker[Session]
) -> None:
    with sessions() as session:
        assert link.removeprefix("/link/") not in session.scalars(select(SignInLink.token_hash))


def test_a_link_is_only_for_following(visitor: TestClient, link: str) -> None:
    assert visitor.post(link).status_code == 405
