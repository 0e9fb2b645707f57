"""Mail: sent for real, tried again, given up aloud, and shown in the log where there is no server."""

from __future__ import annotations

import logging
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote

import pytest
from fastapi import FastAPI
from sqlalchemy import select, update
from sqlalchemy.orm import Session, sessionmaker

from portal.accounts.joining.letters import LETTERS
from portal.app import make_app
from portal.database import reading
from portal.mail import service
from portal.mail.letter import Letter, NotSent, by_log, by_server
from portal.mail.postman import Postman, Writer, send_for
from portal.mail.server import MailServer as Address
from portal.mail.service import KEPT, PAUSES
from portal.models import Mail, Person, utc_now
from portal.settings import Settings
from tests.clients import browser
from tests.databases import ON_SQLITE
from tests.mail_server import PASSWORD, USER, MailServer, certificate, mail_server
from tests.people import ADA, Someone
from tests.worker import wait_until

FROM = "Assay <assay@example.org>"
LETTER = Letter("ada@example.org", "Grüße", "Hello Ada,\n\n  http://127.0.0.1/x\n")


@pytest.fixture
def server() -> Iterator[MailServer]:
    with mail_server() as server:
        yield server


@pytest.fixture
def with_server(settings: Settings, server: MailServer) -> Settings:
    """Settings of a site that sends through it."""
    changes = {"smtp_url": f"smtp://127.0.0.1:{server.port}", "mail_from": FROM}
    return settings.model_copy(update=changes)


@pytest.fixture
def postman(with_server: Settings, sessions: sessionmaker[Session]) -> Postman:
    return Postman(with_server, sessions, LETTERS, send_for(with_server))


def waiting(sessions: sessionmaker[Session]) -> Mail | None:
    with reading(sessions) as session:
        return session.scalars(select(Mail)).one_or_none()


def wanted(sessions: sessionmaker[Session]) -> None:
    with sessions.begin() as session:
        service.want(session, "password", ADA.email)


def let_time_pass(sessions: sessionmaker[Session]) -> None:
    with sessions.begin() as session:
        session.execute(update(Mail).values(due_at=utc_now()))


@pytest.mark.usefixtures("people")
@ON_SQLITE
def test_a_portal_sends_by_itself_while_it_is_up(with_server: Settings, server: MailServer) -> None:
    app = make_app(with_server)
    app.state.watchers.listen = _nothing
    with browser(app) as client:
        client.post("/password/forgotten", data={"email": ADA.email})
        wait_until(lambda: server.mails, 20, "the mail is there")
    (mail,) = server.mails
    assert (mail["To"], mail["From"]) == (ADA.email, FROM)
    assert mail["Subject"] == "Choose a new password for Assay"
    assert "/password/choose/" in mail.get_content()
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Date"]
    assert mail["Message-ID"]


async def _nothing() -> None:
    """Instead of listening for what changes, for which there is no Redis here."""


def test_a_sent_mail_leaves_nothing_behind(
    sessions: sessionmaker[Session],
    server: MailServer,
    postman: Postman,
    people: dict[Someone, Person],
) -> None:
    wanted(sessions)
    assert postman.deliver() == 1
    assert postman.deliver() == 0
    assert len(server.mails) == 1
    assert waiting(sessions) is None


def test_two_postmen_send_a_mail_once(
    with_server: Settings,
    sessions: sessionmaker[Session],
    server: MailServer,
    people: dict[Someone, Person],
) -> None:
    wanted(sessions)
    postmen = [Postman(with_server, sessions, LETTERS, send_for(with_server)) for _ in range(4)]
    with ThreadPoolExecutor(4) as threads:
        taken = list(threads.map(Postman.deliver, postmen))
    assert sum(taken) == 1
    assert len(server.mails) == 1


def test_a_server_that_refuses_is_asked_again_later(
    sessions: sessionmaker[Session],
    server: MailServer,
    postman: Postman,
    people: dict[Someone, Person],
    caplog: pytest.LogCaptureFixture,
) -> None:
    server.answers = ["451 come again"]
    wanted(sessions)
    postman.deliver()
    late = waiting(sessions)
    assert late is not None
    assert "come again" in (late.reason or "")
    assert late.due_at > utc_now()
    assert "could not be sent yet" in caplog.text
    assert postman.deliver() == 0
    let_time_pass(sessions)
    assert postman.deliver() == 1
    assert len(server.mails) == 1
    assert waiting(sessions) is None


@ON_SQLITE
def test_a_mail_that_never_goes_out_is_given_up_aloud_and_kept_for_a_while(
    sessions: sessionmaker[Session],
    server: MailServer,
    postman: Postman,
    people: dict[Someone, Person],
    caplog: pytest.LogCaptureFixture,
) -> None:
    server.answers = ["554 never"] * (2 * len(PAUSES) + 2)
    for _ in range(2):
        wanted(sessions)
        for _ in range(len(PAUSES) + 1):
            let_time_pass(sessions)
            assert postman.deliver() == 1
        let_time_pass(sessions)
        assert postman.deliver() == 0
        kept = waiting(sessions)
        assert kept is not None
        assert kept.given_up_at is not None
        assert f"to {ADA.email} was given up" in caplog.text
        with sessions.begin() as session:
            old = utc_now() - KEPT - timedelta(seconds=1)
            session.execute(update(Mail).values(given_up_at=old))


@ON_SQLITE
def test_one_that_was_taken_by_somebody_who_died_comes_back(
    sessions: sessionmaker[Session],
    server: MailServer,
    postman: Postman,
    people: dict[Someone, Person],
) -> None:
    wanted(sessions)
    with sessions.begin() as session:
        assert service.take(session, session.scalars(select(Mail)).one(), utc_now())
    assert postman.deliver() == 0
    let_time_pass(sessions)
    assert postman.deliver() == 1
    assert len(server.mails) == 1


@ON_SQLITE
def test_a_letter_that_cannot_be_written_stops_no_other(
    with_server: Settings,
    sessions: sessionmaker[Session],
    server: MailServer,
    people: dict[Someone, Person],
    caplog: pytest.LogCaptureFixture,
) -> None:
    def broken(*_: object) -> Letter:
        raise RuntimeError("the inside of our house")

    writers: dict[str, Writer] = {**LETTERS, "register": broken}
    postman = Postman(with_server, sessions, writers, send_for(with_server))
    with sessions.begin() as session:
        service.want(session, "register", ADA.email)
        service.want(session, "password", ADA.email)
        service.want(session, "from a newer portal", ADA.email)
    assert postman.deliver() == 2
    assert len(server.mails) == 1
    with reading(sessions) as session:
        left = {mail.kind: mail.reason for mail in session.scalars(select(Mail))}
    assert left == {"register": "RuntimeError while it was written", "from a newer portal": None}
    assert "could not be written" in caplog.text


def test_with_tls_the_password_is_used_and_the_server_must_be_the_right_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    context, trusted = certificate(tmp_path)
    with mail_server(context) as server:
        url = f"smtp://{USER}:{quote(PASSWORD, safe='')}@localhost:{server.port}"
        with pytest.raises(NotSent, match="certificate verify failed"):
            by_server(Address.at(url), FROM)(LETTER)
        assert server.logins == []
        monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
        by_server(Address.at(url), FROM)(LETTER)
        assert server.logins == [USER.encode()]
        assert server.mails[0]["Subject"] == "Grüße"
        wrong = f"smtp://{USER}:mistyped@localhost:{server.port}"
        with pytest.raises(NotSent, match="were refused") as refused:
            by_server(Address.at(wrong), FROM)(LETTER)
        assert "mistyped" not in str(refused.value)


def test_a_password_never_goes_in_the_clear(
    server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("portal.mail.letter.LOOPBACK", frozenset())
    url = f"smtp://{USER}:{quote(PASSWORD, safe='')}@127.0.0.1:{server.port}"
    with pytest.raises(NotSent, match="no TLS"):
        by_server(Address.at(url), FROM)(LETTER)
    assert server.logins == []


def test_an_address_with_any_letters_is_reached(server: MailServer) -> None:
    send = by_server(Address.at(f"smtp://127.0.0.1:{server.port}"), FROM)
    send(Letter("zoë@exämple.org", "Hello", "Hello"))
    assert server.envelopes[0].rcpt_tos == ["zoë@exämple.org"]


def test_a_server_that_is_not_there_is_named() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with pytest.raises(NotSent, match=rf"127\.0\.0\.1:{port}: "):
        by_server(Address.at(f"smtp://127.0.0.1:{port}"), FROM)(LETTER)


def test_without_a_server_the_link_is_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        by_log(LETTER)
    assert "    To: ada@example.org" in caplog.text
    assert "      http://127.0.0.1/x" in caplog.text


@ON_SQLITE
def test_the_page_says_when_mail_goes_to_the_log(app: FastAPI, with_server: Settings) -> None:
    form = {"email": ADA.email}
    assert "sends no mail yet" in browser(app).post("/password/forgotten", data=form).text
    other = make_app(with_server)
    assert "sends no mail yet" not in browser(other).post("/password/forgotten", data=form).text
    other.state.engine.dispose()
