"""Runs one console in a worker: starts the app, answers what is asked, ends it in time."""

from __future__ import annotations

import logging
import threading
from contextlib import closing

import redis
from sqlalchemy.orm import Session, sessionmaker

from graders.asked import Asked
from graders.console import Answer
from graders.console import Console as RunningConsole
from graders.courier_lines import Answered
from graders.errors import BrokenPackage, ConsoleBroken, UnknownChallenge
from graders.package import find
from portal.console import lease, queries
from portal.console.bell import Bell
from portal.console.lease import MAX_MESSAGE, Held
from portal.console.limits import IDLE, WHOLE
from portal.database import reading
from portal.models import ConsoleRequest, ConsoleState, utc_now
from portal.renewal import renewing
from portal.settings import Settings
from portal.strangers import refuse_strangers
from portal.submissions import notices
from sandbox.box import Sandbox
from sandbox.errors import SandboxError

LOOK_SECONDS = 1.0
"""How long a lost ring can keep a request waiting."""

logger = logging.getLogger(__name__)


class Over(Exception):
    """It ends now; the word says why. An empty one: somebody else has ended it."""

    def __init__(self, ending: str = "") -> None:
        super().__init__(ending)
        self.ending = ending


class Hosting:
    """What a worker does with a console that it holds."""

    def __init__(
        self,
        settings: Settings,
        sessions: sessionmaker[Session],
        client: redis.Redis,
        sandbox: Sandbox,
        bell: Bell,
        stopped: threading.Event,
    ) -> None:
        self._settings = settings
        self._sessions = sessions
        self._redis = client
        self._sandbox = sandbox
        self._bell = bell
        self._stopped = stopped

    def run(self, held: Held) -> None:
        """From box to end; whatever happens is written into the row."""
        self._announce(held)
        seconds = self._settings.lease_seconds

        def renew(session: Session) -> None:
            lease.renew(session, held, now=utc_now(), seconds=seconds)

        try:
            with renewing(self._sessions, renew, seconds):
                self._serve(held)
        except Over as error:
            self._finish(held, error.ending)
        except ConsoleBroken as error:
            self._finish(held, "app", message=str(error)[:MAX_MESSAGE], output=error.output)
        except (BrokenPackage, UnknownChallenge) as error:
            logger.error("%s cannot be run in a console: %s", held.challenge, error)
            self._finish(held, "challenge")
        except SandboxError as error:
            logger.error("Console %s failed: %s", held.console_id, error)
            self._finish(held, "platform")
        finally:
            self._announce(held)

    def _serve(self, held: Held) -> None:
        refuse_strangers(self._settings, self._sessions, self._sandbox)
        package = find(self._settings.challenges, held.challenge)
        with closing(RunningConsole(self._sandbox, package, held.files)) as console:
            now = utc_now()
            self._record(
                held,
                state=ConsoleState.READY,
                ready_at=now,
                active_at=now,
                challenge_version=package.description.version,
                challenge_digest=package.digest,
            )
            reference = console.reference()
            if reference:
                self._record(held, reference=reference.model_dump(mode="json"))
            while True:
                self._look(held, console)

    def _look(self, held: Held, console: RunningConsole) -> None:
        """Answer the next request, or wait for one; raises `Over` when time is up."""
        rung, now = self._bell.count, utc_now()
        with reading(self._sessions) as session:
            since = queries.held_since(session, held.console_id, held.token)
            waiting = queries.next_request(session, held.console_id)
        if since is None:
            raise Over
        ready_at, active_at = since
        if self._stopped.is_set():
            raise Over("stopped")
        if now - ready_at > WHOLE:
            raise Over("whole")
        if waiting:
            return self._answer(held, console, waiting)
        if now - active_at > IDLE:
            raise Over("idle")
        self._bell.wait(rung, LOOK_SECONDS)

    def _answer(self, held: Held, console: RunningConsole, row: ConsoleRequest) -> None:
        headers = tuple((name, value) for name, value in row.headers)
        came = console.ask(Asked(row.method, row.target, headers, row.body))
        with self._sessions.begin() as session:
            stored = lease.answer(
                session,
                held,
                row.id,
                now=utc_now(),
                output=came.answered.output,
                status=came.answered.status,
                answer=_kept(came),
                problem=came.problem,
                note=came.note,
            )
        if not stored:
            raise Over
        self._announce(held)

    def _record(self, held: Held, **values: object) -> None:
        with self._sessions.begin() as session:
            if not lease.record(session, held, **values):
                raise Over
        self._announce(held)

    def _finish(self, held: Held, ending: str, **told: str) -> None:
        if ending:
            with self._sessions.begin() as session:
                lease.finish(session, held, ending, now=utc_now(), **told)

    def _announce(self, held: Held) -> None:
        notices.announce(self._redis, held.console_id)


def _kept(came: Answer) -> dict[str, object] | None:
    """What of an answer is stored beside its status; nothing if there was none."""
    shown = {"reason", "headers", "more_headers", "body", "pretty", "size", "seconds"}
    answered: Answered = came.answered
    return answered.model_dump(mode="json", include=shown)
