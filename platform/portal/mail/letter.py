"""A letter, and the two ways it can go: through a mail server, or into the log when there is none."""

from __future__ import annotations

import logging
import smtplib
import ssl
import textwrap
from collections.abc import Callable
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8
from email.utils import formatdate, make_msgid

from portal.mail.server import MailServer

SEND_SECONDS = 15
"""How long a mail server may keep us waiting at each step."""
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Letter:
    """A mail in plain text."""

    to: str
    subject: str
    text: str


Send = Callable[[Letter], None]


class NotSent(Exception):
    """Why a letter did not go out, for whoever runs the site."""


def message(letter: Letter, sender: str) -> EmailMessage:
    """The letter as it travels."""
    is_plain = (letter.to + sender).isascii()
    mail = EmailMessage(policy=SMTP if is_plain else SMTPUTF8)
    mail["From"] = sender
    name, _, domain = letter.to.rpartition("@")
    mail["To"] = Address(username=name, domain=domain)
    mail["Subject"] = letter.subject
    mail["Date"] = formatdate()
    mail["Message-ID"] = make_msgid(domain=sender.rpartition("@")[2].rstrip(">"))
    # No out-of-office replies, please.
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(letter.text)
    return mail


def by_server(server: MailServer, sender: str) -> Send:
    """Letters go out through this server; each one in a connection of its own."""

    def send(letter: Letter) -> None:
        try:
            with _connected(server) as connection:
                connection.send_message(message(letter, sender))
        except (OSError, smtplib.SMTPException, ValueError) as error:
            raise NotSent(f"{server.host}:{server.port}: {_reason(error)}") from error

    return send


def by_log(letter: Letter) -> None:
    """Show a letter to whoever reads the log; the way of a site without a mail server."""
    text = textwrap.indent(f"To: {letter.to}\nSubject: {letter.subject}\n\n{letter.text}", "    ")
    logger.info("No mail server is set (ASSAY_SMTP_URL), so this mail is shown here:\n\n%s\n", text)


def _connected(server: MailServer) -> smtplib.SMTP:
    trusted = ssl.create_default_context()
    if server.is_tls_from_the_start:
        connection: smtplib.SMTP = smtplib.SMTP_SSL(
            server.host, server.port, timeout=SEND_SECONDS, context=trusted
        )
    else:
        connection = smtplib.SMTP(server.host, server.port, timeout=SEND_SECONDS)
    try:
        if not server.is_tls_from_the_start:
            _turn_tls_on(connection, server, trusted)
        if server.user is not None and server.password is not None:
            connection.login(server.user, server.password)
    except BaseException:
        connection.close()
        raise
    return connection


def _turn_tls_on(connection: smtplib.SMTP, server: MailServer, trusted: ssl.SSLContext) -> None:
    connection.ehlo()
    if connection.has_extn("starttls"):
        connection.starttls(context=trusted)
        connection.ehlo()
    elif server.user is not None and server.host not in LOOPBACK:
        raise smtplib.SMTPException("it offers no TLS, and a password never goes in the clear")


def _reason(error: Exception) -> str:
    """One line without secrets: a server's answer may quote what was sent at the login."""
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return f"user and password were refused ({error.smtp_code})"
    return " ".join(str(error).split())[:300] or type(error).__name__
