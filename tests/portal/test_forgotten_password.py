"""Choosing a new password by a link that came by mail."""

from __future__ import annotations

from datetime import timedelta

import pytest
from fastapi import FastAPI
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session, sessionmaker

from portal.database import reading
from portal.models import BrowserSession, MailedLink, Person, utc_now
from tests.clients import TestClient, browser, give_cookie, shown
from tests.mailbox import Mailbox, link_in
from tests.people import ADA, GRACE, LINUS, Someone

pytestmark = pytest.mark.usefixtures("people")
NEW = "another long password"


@pytest.fixture
def link(visitor: TestClient, mailbox: Mailbox) -> str:
    """The link that came to Ada."""
    visitor.post("/password/forgotten", data={"email": f" {ADA.email.upper()} "})
    return link_in(mailbox.only())


def signs_in(app: FastAPI, someone: Someone, password: str) -> bool:
    answer = browser(app).post("/sign-in", data={"email": someone.email, "password": password})
    return bool(answer.status_code == 303)


def test_the_new_password_is_the_password_from_then_on(
    app: FastAPI, visitor: TestClient, link: str
) -> None:
    assert ADA.email in visitor.get(link).text
    answer = visitor.post(link, data={"password": NEW})
    assert (answer.status_code, answer.headers["location"]) == (303, "/account?done=password")
    assert "new password holds" in shown(visitor.get("/account?done=password").text)
    assert signs_in(app, ADA, NEW)
    assert not signs_in(app, ADA, ADA.password)


def test_every_other_browser_is_signed_out(
    app: FastAPI, ada: TestClient, linus: TestClient, link: str
) -> None:
    phone = browser(app)
    phone.post(link, data={"password": NEW})
    assert ada.get("/account").headers["location"].startswith("/sign-in")
    assert phone.get("/account").status_code == 200
    assert linus.get("/account").status_code == 200


def test_the_owner_is_told_of_it(visitor: TestClient, link: str, mailbox: Mailbox) -> None:
    visitor.post(link, data={"password": NEW})
    letter = mailbox.only()
    assert letter.to == ADA.email
    assert "has just been changed" in letter.text
    assert link_in(letter) == "/password/forgotten"


def test_a_link_works_once_and_takes_the_others_with_it(
    app: FastAPI, visitor: TestClient, link: str, mailbox: Mailbox
) -> None:
    visitor.post("/password/forgotten", data={"email": ADA.email})
    other = link_in(mailbox.only())
    assert visitor.post(link, data={"password": NEW}).status_code == 303
    for dead in (link, other):
        again = browser(app).post(dead, data={"password": "mallory's own"})
        assert again.status_code == 404
        assert "does not work any more" in shown(again.text)
        assert "set-cookie" not in again.headers
    assert signs_in(app, ADA, NEW)


def test_an_old_link_changes_nothing(
    app: FastAPI, visitor: TestClient, link: str, sessions: sessionmaker[Session]
) -> None:
    with sessions.begin() as session:
        session.execute(update(MailedLink).values(expires_at=utc_now() - timedelta(seconds=1)))
    assert visitor.get(link).status_code == 404
    assert visitor.post(link, data={"password": NEW}).status_code == 404
    assert signs_in(app, ADA, ADA.password)


@pytest.mark.parametrize("token", ["made-up", "%00", "%ff", "x" * 5000])
def test_a_made_up_link_is_an_address_where_nothing_is(visitor: TestClient, token: str) -> None:
    assert visitor.get(f"/password/choose/{token}").status_code == 404
    answer = visitor.post(f"/password/choose/{token}", data={"password": NEW})
    assert answer.status_code == 404


def test_a_link_lasts_an_hour(link: str, sessions: sessionmaker[Session]) -> None:
    with reading(sessions) as session:
        row = session.scalars(select(MailedLink)).one()
    assert row.expires_at - row.created_at <= timedelta(hours=1, seconds=1)
    assert link.rpartition("/")[2] not in row.token_hash


def test_a_bad_password_is_refused_and_the_link_stays_good(visitor: TestClient, link: str) -> None:
    answer = visitor.post(link, data={"password": "short"})
    assert answer.status_code == 422
    assert "8 to 1000 characters" in shown(answer.text)
    assert visitor.post(link, data={"password": NEW}).status_code == 303


def test_nobody_learns_whether_there_is_an_account(visitor: TestClient, mailbox: Mailbox) -> None:
    pages = []
    for email in (ADA.email, "nobody@example.org"):
        answer = visitor.post("/password/forgotten", data={"email": email})
        assert answer.status_code == 200
        pages.append(shown(answer.text).replace(email, "…"))
    assert pages[0] == pages[1]
    assert mailbox.only().to == ADA.email


def test_the_mail_goes_to_the_address_that_is_stored(visitor: TestClient, mailbox: Mailbox) -> None:
    # A dotless i is not an i, whatever some ways of lowering letters say.
    visitor.post("/password/forgotten", data={"email": LINUS.email.replace("i", "\u0131")})
    assert mailbox.empty() == []


def test_a_link_is_never_made_from_what_a_request_says(
    visitor: TestClient, mailbox: Mailbox
) -> None:
    visitor.post(
        "/password/forgotten",
        data={"email": ADA.email},
        headers={"Host": "localhost:666", "X-Forwarded-Host": "mallory.example"},
    )
    assert "http://127.0.0.1:8000/password/choose/" in mailbox.only().text


def test_whoever_had_no_password_gets_one(
    app: FastAPI,
    visitor: TestClient,
    mailbox: Mailbox,
    sessions: sessionmaker[Session],
    people: dict[Someone, Person],
) -> None:
    with sessions.begin() as session:
        session.merge(people[GRACE]).password_hash = None
    visitor.post("/password/forgotten", data={"email": GRACE.email})
    visitor.post(link_in(mailbox.only()), data={"password": NEW})
    assert signs_in(app, GRACE, NEW)


def test_a_planted_session_is_not_taken_over(
    app: FastAPI, visitor: TestClient, link: str, sessions: sessionmaker[Session]
) -> None:
    give_cookie(visitor, "assay_session", "planted")
    answer = visitor.post(link, data={"password": NEW})
    assert "assay_session=planted" not in answer.headers["set-cookie"]
    thief = browser(app)
    give_cookie(thief, "assay_session", "planted")
    assert thief.get("/sign-in").status_code == 200
    with reading(sessions) as session:
        assert session.scalar(select(func.count()).select_from(BrowserSession)) == 1


def test_a_wrong_method_is_named_as_such(visitor: TestClient, link: str) -> None:
    for path in ("/password/forgotten", "/register", link):
        assert visitor.put(path).status_code == 405
