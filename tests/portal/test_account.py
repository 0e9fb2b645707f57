"""The account page: name, password, signed-in browsers, and the menu that leads there."""

from __future__ import annotations

import pytest
from fastapi import FastAPI
from sqlalchemy import event
from sqlalchemy.orm import Session, sessionmaker

from portal.accounts import service
from portal.accounts.throttle import WRONG_PASSWORDS
from portal.accounts.tokens import fingerprint, handle
from portal.models import Person
from tests.clients import TestClient, browser, shown
from tests.databases import ON_SQLITE
from tests.mailbox import Mailbox
from tests.people import ADA, GRACE, LINUS, Someone

pytestmark = pytest.mark.usefixtures("people")
NEW = "another long password"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
FORMS = (
    f"browsers/{'0' * 16}/sign-out",
    "name",
    "password",
    "sign-out-elsewhere",
    "tokens",
    "delete",
)


def handle_of(client: TestClient) -> str:
    return handle(fingerprint(client.cookies["assay_session"]))


def test_it_shows_who_one_is(ada: TestClient) -> None:
    answer = ada.get("/account")
    assert answer.status_code == 200
    assert f'value="{ADA.name}"' in answer.text
    assert ADA.email in answer.text
    assert LINUS.email not in answer.text


@ON_SQLITE
def test_it_needs_a_login_and_one_comes_back(visitor: TestClient) -> None:
    assert visitor.get("/account").headers["location"] == "/sign-in?next=%2Faccount"
    for form in FORMS:
        answer = visitor.post(f"/account/{form}", data={"name": "Mallory", "proof": "x"})
        assert answer.headers["location"].startswith("/sign-in"), form


@ON_SQLITE
def test_every_page_has_the_menu_under_ones_name(ada: TestClient, visitor: TestClient) -> None:
    for path in ("/challenges", "/challenges/first-endpoint", "/account", "/nowhere"):
        text = ada.get(path).text
        assert 'href="/account"' in text, path
        assert 'action="/sign-out"' in text, path
        assert 'href="/account"' not in visitor.get(path).text, path


def test_a_name_can_be_changed(ada: TestClient) -> None:
    answer = ada.post("/account/name", data={"name": "  Ada \n Lovelace "})
    assert (answer.status_code, answer.headers["location"]) == (303, "/account?done=name")
    text = ada.get("/account?done=name").text
    assert 'value="Ada Lovelace"' in text
    assert "Your name is changed" in text


@pytest.mark.parametrize("name", ["", " ", "x" * 101, "a\0b", "a\u202eb", "x" * 200_000])
@ON_SQLITE
def test_a_name_that_cannot_be_shown_is_refused_and_stays_in_the_form(
    ada: TestClient, name: str
) -> None:
    answer = ada.post("/account/name", data={"name": name})
    assert answer.status_code == 422
    assert "1 to 100 visible characters" in shown(answer.text)
    assert f'value="{name}"' in answer.text
    assert f'value="{ADA.name}"' in ada.get("/account").text


@ON_SQLITE
def test_names_are_text_and_never_markup(ada: TestClient) -> None:
    ada.post("/account/name", data={"name": "<script>alert(1)</script>"})
    assert "<script>alert" not in ada.get("/account").text


def test_a_new_password_needs_the_old_one_and_signs_out_the_others(
    app: FastAPI, ada: TestClient, people: dict[Someone, Person], mailbox: Mailbox
) -> None:
    phone, before = browser(app, people[ADA]), ada.cookies["assay_session"]
    answer = ada.post("/account/password", data={"current": ADA.password, "password": NEW})
    assert (answer.status_code, answer.headers["location"]) == (303, "/account?done=password")
    assert ada.cookies["assay_session"] != before
    assert ada.get("/account").status_code == 200
    assert phone.get("/account").status_code == 303
    assert mailbox.only().to == ADA.email
    signed_in = browser(app).post("/sign-in", data={"email": ADA.email, "password": NEW})
    assert signed_in.status_code == 303


def test_a_wrong_old_password_changes_nothing(
    app: FastAPI, ada: TestClient, mailbox: Mailbox
) -> None:
    for current in ("wrong", "", "x" * 5000, NEW):
        answer = ada.post("/account/password", data={"current": current, "password": NEW})
        assert answer.status_code == 422
        assert "current password is wrong" in shown(answer.text)
        assert NEW not in answer.text
    assert mailbox.empty() == []
    signed_in = browser(app).post("/sign-in", data={"email": ADA.email, "password": ADA.password})
    assert signed_in.status_code == 303


@ON_SQLITE
def test_a_bad_new_password_is_refused(ada: TestClient) -> None:
    answer = ada.post("/account/password", data={"current": ADA.password, "password": "short"})
    assert answer.status_code == 422
    assert "8 to 1000 characters" in shown(answer.text)


@ON_SQLITE
def test_whoever_sits_at_a_browser_left_open_cannot_guess_for_long(ada: TestClient) -> None:
    form = {"current": "guess", "password": NEW}
    for _ in range(WRONG_PASSWORDS.by_email):
        ada.post("/account/password", data=form)
    for path, data in (("password", form), ("delete", {"proof": "guess"})):
        answer = ada.post(f"/account/{path}", data=data)
        assert answer.status_code == 429
        assert "wrong passwords in a row" in shown(answer.text)
        assert answer.headers["retry-after"]


def test_who_has_no_password_is_offered_a_link(
    grace: TestClient, sessions: sessionmaker[Session], people: dict[Someone, Person]
) -> None:
    with sessions.begin() as session:
        session.merge(people[GRACE]).password_hash = None
    text = grace.get("/account").text
    assert "You have no password yet" in text
    assert 'action="/password/forgotten"' in text
    answer = grace.post("/account/password", data={"current": "", "password": NEW})
    assert answer.status_code == 422


def test_browsers_are_listed_and_can_be_signed_out(
    app: FastAPI, ada: TestClient, linus: TestClient
) -> None:
    phone = browser(app)
    form = {"email": ADA.email, "password": ADA.password}
    phone.post("/sign-in", data=form, headers={"User-Agent": FIREFOX})
    text = shown(ada.get("/account").text)
    assert "Firefox on Linux" in text
    assert text.count("This browser") == 1
    answer = ada.post("/account/sign-out-elsewhere")
    assert (answer.status_code, answer.headers["location"]) == (303, "/account?done=browsers")
    assert phone.get("/account").status_code == 303
    assert linus.get("/account").status_code == 200
    assert "Sign out everywhere else" not in ada.get("/account").text


def test_one_browser_alone_can_be_signed_out_by_its_owner(
    app: FastAPI, ada: TestClient, linus: TestClient, people: dict[Someone, Person]
) -> None:
    phone, laptop = browser(app, people[ADA]), browser(app, people[ADA])
    handle = handle_of(phone)
    assert ada.get("/account").text.count("/account/browsers/") == 2
    linus.post(f"/account/browsers/{handle}/sign-out")
    assert phone.get("/account").status_code == 200
    for _twice in range(2):
        answer = ada.post(f"/account/browsers/{handle}/sign-out")
        assert (answer.status_code, answer.headers["location"]) == (303, "/account?done=browser")
    assert "That browser is signed out" in ada.get("/account?done=browser").text
    assert phone.get("/account").status_code == 303
    assert laptop.get("/account").status_code == 200


@ON_SQLITE
@pytest.mark.parametrize("handle", ["%25", "0", "_" * 16, "A" * 16, "0" * 15, "0" * 17, "0" * 64])
def test_a_browser_is_named_by_all_of_its_handle(
    app: FastAPI, ada: TestClient, people: dict[Someone, Person], handle: str
) -> None:
    phone = browser(app, people[ADA])
    assert ada.post(f"/account/browsers/{handle}/sign-out").status_code == 404
    assert phone.get("/account").status_code == 200


@ON_SQLITE
def test_what_was_done_is_a_word_of_ours(ada: TestClient) -> None:
    for made_up in ("<b>x</b>", "x" * 5000, "%00", ""):
        assert 'role="status"' not in ada.get(f"/account?done={made_up}").text


@ON_SQLITE
def test_many_browsers_and_tokens_cost_no_more_queries(
    app: FastAPI, ada: TestClient, sessions: sessionmaker[Session], people: dict[Someone, Person]
) -> None:
    def queries() -> int:
        asked: list[str] = []

        def note(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
            asked.append(statement)

        event.listen(app.state.engine, "before_cursor_execute", note)
        assert ada.get("/account").status_code == 200
        event.remove(app.state.engine, "before_cursor_execute", note)
        return len([statement for statement in asked if not statement.startswith("PRAGMA")])

    few = queries()
    with sessions.begin() as session:
        for number in range(60):
            service.start_browser_session(session, people[ADA].id, 1, "Firefox")
            service.make_api_token(session, people[ADA].id, f"token {number}")
    assert queries() == few <= 8
    assert "and 41 more" in shown(ada.get("/account").text)
