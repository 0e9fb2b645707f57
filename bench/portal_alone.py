"""A portal process and its Redis, without a worker, on demo data of any size."""

from __future__ import annotations

import contextlib
import socket
import subprocess
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import httpx
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from bench.command import HOST, assay, environment
from bench.errors import BenchError
from portal.accounts import service
from portal.accounts.cookie import cookie_name
from portal.commands.children import embedded_redis
from portal.database import make_engine, session_factory
from portal.models import Person
from portal.settings import Settings

START_SECONDS = 240.0
STOP_SECONDS = 15.0
LOOK_SECONDS = 0.1
ANSWER_SECONDS = 60.0
SHOWN_CHARACTERS = 4000


class PortalAlone:
    """Filled and started by the constructor, gone after `close`."""

    def __init__(self, people: int, submissions: int) -> None:
        self._home = tempfile.TemporaryDirectory(prefix="assay-bench-")
        self.settings = Settings(home=Path(self._home.name))
        self._environment = environment(self._home.name)
        self._log = tempfile.TemporaryFile("w+")  # noqa: SIM115  (closed by `close`)
        self._parts: list[subprocess.Popen[str]] = []
        self._engine = make_engine(self.settings)
        self.sessions: sessionmaker[Session] = session_factory(self._engine)
        try:
            sizes = ("--people", str(people), "--submissions", str(submissions))
            self._wait_for(self._start(assay("demo", *sizes)))
            self._start(embedded_redis(self.settings))
            port = _free_port()
            self.url = f"http://{HOST}:{port}"
            self.process = self._start([*assay("portal"), "--port", str(port)])
            self._wait_until_it_answers()
        except BaseException:
            self.close()
            raise

    def people(self) -> Sequence[Person]:
        """Everybody, the busiest first."""
        with self.sessions() as session:
            return session.scalars(select(Person).order_by(Person.created_at, Person.email)).all()

    def browser(self, person: Person) -> httpx.Client:
        """Somebody's browser, signed in, to be closed by whoever asked for it."""
        with self.sessions.begin() as session:
            token = service.start_browser_session(session, person.id, hours=24)
        cookies = {cookie_name(self.settings): token}
        return httpx.Client(base_url=self.url, cookies=cookies, timeout=ANSWER_SECONDS)

    def failure(self, reason: str) -> BenchError:
        """The reason, and the last that was said."""
        self._log.seek(0)
        return BenchError(f"{reason} Its log:\n{self._log.read()[-SHOWN_CHARACTERS:]}")

    def close(self) -> None:
        """Stop what was started, then remove the folder."""
        for part in reversed(self._parts):
            part.terminate()
            try:
                part.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                part.kill()
                part.wait()
        self._engine.dispose()
        self._log.close()
        self._home.cleanup()

    def _start(self, command: list[str]) -> subprocess.Popen[str]:
        part = subprocess.Popen(  # noqa: S603  (our own commands)
            command,
            env=self._environment,
            stdin=subprocess.DEVNULL,
            stdout=self._log,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self._parts.append(part)
        return part

    def _wait_for(self, part: subprocess.Popen[str]) -> None:
        if part.wait():
            raise self.failure("`assay demo` failed.")

    def _wait_until_it_answers(self) -> None:
        until = time.monotonic() + START_SECONDS
        while time.monotonic() < until and self.process.poll() is None:
            with contextlib.suppress(httpx.TransportError):
                if httpx.get(f"{self.url}/healthz").is_success:
                    return
            time.sleep(LOOK_SECONDS)
        raise self.failure(f"The portal ended, or did not answer within {START_SECONDS:g} s.")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port
