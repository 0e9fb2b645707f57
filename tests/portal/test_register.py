"""Registering: an address, a link by mail, a name and a password."""

from __future__ import annotations

from datetime import timedelta

import pytest
from fastapi import FastAPI
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session, sessionmaker

from portal.accounts.passwords import MAX_CHARACTERS, MIN_CHARACTERS
from portal.accounts.throttle import MAILS
from portal.app import make_app
from portal.database import reading
from portal.models import Mail, MailedLink, Person, Role, utc_now
from portal.settings import Settings
from tests.clients import TestClient, browser, shown
from tests.databases import ON_SQLITE
from tests.mailbox import Mailbox, link_in
from tests.people import ADA, Someone

NEW = "new@example.org"
PASSWORD = "a long new password"  # noqa: S105 - theirs, in tests only


@pytest.fixture
def link(visitor: TestClient, mailbox: Mailbox) -> str:
    """The link that came by mail."""
    visitor.post("/register", data={"email": NEW})
    return link_in(mailbox.only())


def count_people(sessions: sessionmaker[Session]) -> int | None:
    with reading(sessions) as session:
        return session.scalar(select(func.count()).select_from(Person))


def test_the_link_makes_a_candidate_who_is_signed_in(
    visitor: TestClient, link: str, sessions: sessionmaker[Session]
) -> None:
    assert NEW in visitor.get(link).text
    answer = visitor.post(link, data={"name": "  New   Person ", "password": PASSWORD})
    assert (answer.status_code, answer.headers["location"]) == (303, "/challenges")
    assert "New Person" in visitor.get("/account").text
    with reading(sessions) as session:
        person = session.scalars(select(Person)).one()
    assert (person.email, person.name, person.role) == (NEW, "New Person", Role.CANDIDATE)


def test_they_can_sign_in_with_it_afterwards(app: FastAPI, visitor: TestClient, link: str) -> None:
    visitor.post(link, data={"name": "New", "password": PASSWORD})
    answer = browser(app).post("/sign-in", data={"email": NEW, "password": PASSWORD})
    assert answer.status_code == 303


def test_a_taken_address_gets_the_same_page_and_its_owner_a_mail(
    visitor: TestClient, mailbox: Mailbox, people: dict[Someone, Person]
) -> None:
    pages = []
    for email in (NEW, ADA.email):
        answer = visitor.post("/register", data={"email": email})
        assert answer.status_code == 200
        pages.append(shown(answer.text).replace(email, "…"))
    assert pages[0] == pages[1]
    fresh, taken = mailbox.empty()
    assert (fresh.to, taken.to) == (NEW, ADA.email)
    assert "You have one already" in shown(taken.text)
    assert link_in(taken) == "/sign-in"


def test_the_request_never_looks_whether_there_is_an_account(
    visitor: TestClient, people: dict[Someone, Person], sessions: sessionmaker[Session]
) -> None:
    for email in (NEW, ADA.email):
        visitor.post("/register", data={"email": email})
        visitor.post("/password/forgotten", data={"email": email})
    with reading(sessions) as session:
        stored = session.execute(select(Mail.kind, Mail.address).order_by(Mail.created_at)).all()
        assert session.scalar(select(func.count()).select_from(MailedLink)) == 0
    assert [tuple(row) for row in stored] == [
        ("register", NEW),
        ("password", NEW),
        ("register", ADA.email),
        ("password", ADA.email),
    ]


def test_looking_at_a_link_does_not_use_it_up(visitor: TestClient, link: str) -> None:
    for _ in range(3):
        assert visitor.get(link).status_code == 200


def test_a_link_works_once(
    app: FastAPI, visitor: TestClient, link: str, sessions: sessionmaker[Session]
) -> None:
    form = {"name": "New", "password": PASSWORD}
    assert visitor.post(link, data=form).status_code == 303
    for again in (browser(app).post(link, data=form), browser(app).get(link)):
        assert again.status_code == 404
        assert "does not work any more" in shown(again.text)
        assert "set-cookie" not in again.headers
    assert count_people(sessions) == 1


def test_two_links_to_one_address_make_one_account(
    app: FastAPI, visitor: TestClient, mailbox: Mailbox, sessions: sessionmaker[Session]
) -> None:
    for _ in range(2):
        visitor.post("/register", data={"email": NEW})
    links = [link_in(letter) for letter in mailbox.empty()]
    answers = [browser(app).post(link, data={"name": "N", "password": PASSWORD}) for link in links]
    assert [answer.status_code for answer in answers] == [303, 404]
    assert count_people(sessions) == 1


def test_a_link_from_before_the_account_was_made_otherwise_changes_nothing(
    visitor: TestClient, link: str, sessions: sessionmaker[Session]
) -> None:
    with sessions.begin() as session:
        session.add(Person(email=NEW, name="First", role=Role.CANDIDATE))
    answer = visitor.post(link, data={"name": "Second", "password": PASSWORD})
    assert answer.status_code == 409
    with reading(sessions) as session:
        assert session.scalars(select(Person.name)).all() == ["First"]


def test_an_old_link_is_as_good_as_none(
    visitor: TestClient, link: str, sessions: sessionmaker[Session]
) -> None:
    with sessions.begin() as session:
        session.execute(update(MailedLink).values(expires_at=utc_now() - timedelta(seconds=1)))
    assert visitor.get(link).status_code == 404
    answer = visitor.post(link, data={"name": "New", "password": PASSWORD})
    assert answer.status_code == 404
    assert count_people(sessions) == 0


def test_the_link_of_a_new_account_chooses_nobodys_password(visitor: TestClient, link: str) -> None:
    token = link.rpartition("/")[2]
    assert visitor.get(f"/password/choose/{token}").status_code == 404


@pytest.mark.parametrize(
    ("name", "password", "told"),
    [
        ("New", "short", f"{MIN_CHARACTERS} to {MAX_CHARACTERS} characters"),
        ("New", "", f"{MIN_CHARACTERS} to {MAX_CHARACTERS} characters"),
        ("New", "x" * 2_000, f"{MIN_CHARACTERS} to {MAX_CHARACTERS} characters"),
        ("", PASSWORD, "visible characters"),
        ("x" * 101, PASSWORD, "visible characters"),
        ("a\u202eb", PASSWORD, "visible characters"),
        ("a\0b", PASSWORD, "visible characters"),
    ],
)
@ON_SQLITE
def test_what_is_wrong_is_said_and_the_link_stays_good(
    visitor: TestClient, link: str, name: str, password: str, told: str
) -> None:
    answer = visitor.post(link, data={"name": name, "password": password})
    assert answer.status_code == 422
    assert told in shown(answer.text)
    assert PASSWORD not in answer.text
    assert visitor.post(link, data={"name": "New", "password": PASSWORD}).status_code == 303


@pytest.mark.parametrize(
    "email",
    [
        *(
            "",
            "new",
            "new@",
            "@x.org",
            "a b@x.org",
            "a@b@c",
            "a@x.org\r\nBcc: b@x.org",
            "a\0@x.org",
        ),
        *("<a@x.org>", "a@x.org,b", '"a"@x.org', "x" * 300 + "@x.org", "x" * 100_000),
    ],
)
@ON_SQLITE
def test_what_is_no_address_is_said_and_kept_in_the_form(
    visitor: TestClient, mailbox: Mailbox, email: str
) -> None:
    answer = visitor.post("/register", data={"email": email})
    assert answer.status_code == 422
    assert "not an email address" in shown(answer.text)
    assert 'name="email" value="' in answer.text
    assert mailbox.empty() == []


def test_an_address_may_have_any_letters(visitor: TestClient, mailbox: Mailbox) -> None:
    # The same letters, written in two ways: one mailbox.
    for email in ("Zoë@exämple.org", "Zoe\u0308@exa\u0308mple.org"):
        visitor.post("/register", data={"email": email})
    assert {letter.to for letter in mailbox.empty()} == {"zoë@exämple.org"}


@ON_SQLITE
def test_asking_again_and_again_waits_and_tells_nothing_more(
    visitor: TestClient, mailbox: Mailbox, people: dict[Someone, Person]
) -> None:
    for email in (NEW, ADA.email):
        for _ in range(MAILS.by_email):
            assert visitor.post("/register", data={"email": email}).status_code == 200
        answer = visitor.post("/password/forgotten", data={"email": email})
        assert answer.status_code == 429
        assert answer.headers["retry-after"] == "60"
        assert "Several mails have just been asked for" in shown(answer.text)
        assert f'value="{email}"' in answer.text
    assert len(mailbox.empty()) == 2 * MAILS.by_email


@ON_SQLITE
def test_the_page_says_the_limits_of_a_password(visitor: TestClient, link: str) -> None:
    assert f'minlength="{MIN_CHARACTERS}" maxlength="{MAX_CHARACTERS}"' in visitor.get(link).text


@ON_SQLITE
def test_somebody_who_is_signed_in_is_sent_on(ada: TestClient) -> None:
    answer = ada.get("/register")
    assert (answer.status_code, answer.headers["location"]) == (303, "/challenges")


@pytest.mark.parametrize(
    ("changes", "is_open"),
    [
        ({}, True),
        ({"registration": "closed"}, False),
        ({"host": "0.0.0.0"}, False),  # noqa: S104 - nobody listens
        ({"base_url": "https://assay.example.org"}, False),
        ({"base_url": "https://assay.example.org", "registration": "open"}, True),
        ({"sandbox": "process"}, False),
    ],
)
@ON_SQLITE
def test_strangers_register_where_that_is_wanted(
    settings: Settings, changes: dict[str, str], is_open: bool
) -> None:
    app = make_app(settings.model_copy(update=changes))
    client = browser(app)
    answers = [client.get("/register"), client.post("/register", data={"email": NEW})]
    assert {answer.status_code for answer in answers} == {200 if is_open else 403}
    assert is_open or all("takes no" in shown(a.text) or "not take" in a.text for a in answers)
    assert ("Create an account" in client.get("/sign-in").text) == is_open
    app.state.engine.dispose()
