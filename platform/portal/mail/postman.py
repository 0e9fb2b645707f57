"""Sends what waits: a thread of every portal, outside every transaction and every request.

A request only stores that a mail is wanted, and for every address alike; whether somebody has it
is looked up here. So no answer takes longer for an address that has an account.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session, sessionmaker

from portal.database import reading
from portal.mail import queries, service
from portal.mail.letter import Letter, NotSent, Send, by_log, by_server
from portal.mail.server import MailServer
from portal.models import Mail, utc_now
from portal.settings import Settings

LOOK_SECONDS = 5.0
STOP_SECONDS = 5.0

# Writes the letter of a mail in a transaction; nothing when there is nobody to write to.
Writer = Callable[[Session, Settings, str], Letter | None]

logger = logging.getLogger(__name__)


class Postman:
    """Several may be at work: each mail is taken by one, and comes back if that one dies."""

    def __init__(
        self,
        settings: Settings,
        sessions: sessionmaker[Session],
        writers: Mapping[str, Writer],
        send: Send,
    ) -> None:
        self._settings = settings
        self._sessions = sessions
        self._writers = writers
        self._send = send
        self._stopped = False
        self._awake = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin to look for mails."""
        self._stopped = False
        self._thread = threading.Thread(target=self._run, name="postman", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End after the mail that is under way; one that takes too long comes back later."""
        self._stopped = True
        self._awake.set()
        if self._thread is not None:
            self._thread.join(STOP_SECONDS)

    def wake(self) -> None:
        """Look now: something has been committed."""
        self._awake.set()

    def deliver(self) -> int:
        """Send everything that is due, one after the other; the answer is how many were taken."""
        with reading(self._sessions) as session:
            waiting = queries.due(session, self._writers, utc_now())
        taken = 0
        for mail in waiting:
            # Taken just before it goes out, so that a slow server costs nobody their lease.
            if not self._stopped and self._take(mail):
                self._deliver(mail)
                taken += 1
        return taken

    def _run(self) -> None:
        while not self._stopped:
            self._awake.clear()
            try:
                while self.deliver():
                    pass
            except SQLAlchemyError:
                logger.warning("Mails could not be looked for; tried again soon.", exc_info=True)
            self._awake.wait(LOOK_SECONDS)

    def _take(self, mail: Mail) -> bool:
        with self._sessions.begin() as session:
            return service.take(session, mail, utc_now())

    def _deliver(self, mail: Mail) -> None:
        try:
            with self._sessions.begin() as session:
                letter = self._writers[mail.kind](session, self._settings, mail.address)
            if letter is not None:
                self._send(letter)
        except NotSent as error:
            self._put_off(mail, str(error))
        except Exception as error:
            logger.exception("A mail (%s) could not be written.", mail.kind)
            self._put_off(mail, f"{type(error).__name__} while it was written")
        else:
            with self._sessions.begin() as session:
                service.done(session, mail.id)

    def _put_off(self, mail: Mail, reason: str) -> None:
        with self._sessions.begin() as session:
            is_tried_again = service.put_off(session, mail.id, reason, utc_now())
        if is_tried_again:
            logger.warning("A mail (%s) could not be sent yet: %s", mail.kind, reason)
        else:
            logger.error("A mail (%s) to %s was given up: %s", mail.kind, mail.address, reason)


def send_for(settings: Settings) -> Send:
    """How letters leave this site."""
    if settings.smtp_url is None or settings.mail_from is None:
        return by_log
    return by_server(MailServer.at(settings.smtp_url), settings.mail_from)
