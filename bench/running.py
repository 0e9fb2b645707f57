"""A whole `assay up` in a folder of its own: portal, queue, worker and database."""

from __future__ import annotations

import contextlib
import secrets
import signal
import socket
import subprocess
import tempfile
import time
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx

from bench.command import HOST, assay, environment
from bench.errors import BenchError

READY_SECONDS = 240.0
ANSWER_SECONDS = 120.0
STOP_SECONDS = 30.0
LOOK_SECONDS = 0.2
SHOWN_CHARACTERS = 4000


class RunningAssay:
    """Started by the constructor, ready to grade when that returns, gone after `close`."""

    def __init__(self, **settings: str) -> None:
        self._home = tempfile.TemporaryDirectory(prefix="assay-bench-")
        self.home = Path(self._home.name)
        self._environment = environment(self._home.name, **settings)
        self._log = tempfile.TemporaryFile("w+")  # noqa: SIM115  (closed by `close`)
        port = _free_port()
        self._url = f"http://{HOST}:{port}"
        self._process = subprocess.Popen(  # noqa: S603  (our own command)
            [*assay("up"), "--port", str(port)],
            env=self._environment,
            stdin=subprocess.DEVNULL,
            stdout=self._log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            self._wait_until_ready()
        except BaseException:
            self.close()
            raise

    @property
    def pid(self) -> int:
        """The process that looks after all others."""
        return self._process.pid

    def sign_up(self, email: str) -> str:
        """Make an account; returns a token for the API."""
        self._run("user", "create", email, "--password-stdin", given=secrets.token_urlsafe())
        return self._run("token", "create", email).split()[-1]

    def client(self, token: str | None = None) -> httpx.Client:
        """A program that uses the API, to be closed by whoever asked for it."""
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        return httpx.Client(base_url=self._url, timeout=ANSWER_SECONDS, headers=headers)

    def failure(self, reason: str) -> BenchError:
        """The reason, and the last that the platform said."""
        self._log.seek(0)
        return BenchError(f"{reason} Its log:\n{self._log.read()[-SHOWN_CHARACTERS:]}")

    def close(self) -> None:
        """Stop everything as Ctrl-C does, then remove the folder."""
        self._process.send_signal(signal.SIGINT)
        try:
            self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._log.close()
        self._home.cleanup()

    def _wait_until_ready(self) -> None:
        until = time.monotonic() + READY_SECONDS
        with self.client() as client:
            while time.monotonic() < until:
                if self._process.poll() is not None:
                    raise self.failure(f"`assay up` ended with {self._process.returncode}.")
                with contextlib.suppress(httpx.TransportError):
                    if client.get("/readyz").is_success:
                        return
                time.sleep(LOOK_SECONDS)
        raise self.failure(f"`assay up` was not ready to grade after {READY_SECONDS:g} s.")

    def _run(self, *words: str, given: str = "") -> str:
        done = subprocess.run(  # noqa: S603  (our own command)
            assay(*words),
            env=self._environment,
            input=given,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise BenchError(f"`assay {' '.join(words)}` failed: {done.stderr}")
        return done.stdout


def hand_in(client: httpx.Client, slug: str, files: dict[str, str]) -> str:
    """Post a submission; returns the address of its result."""
    answer = client.post(f"/api/v1/challenges/{slug}/submissions", json={"files": files})
    if answer.status_code != httpx.codes.ACCEPTED:
        raise BenchError(f"The portal took no submission: {answer.status_code} {answer.text}")
    return str(answer.headers["Location"])


def look_at(client: httpx.Client, location: str) -> dict[str, Any]:
    """A submission as it stands."""
    row: dict[str, Any] = client.get(location).raise_for_status().json()
    return row


def moment(row: dict[str, Any], phase: str) -> float:
    """When a submission reached a phase, in seconds of the clock on the wall."""
    return datetime.fromisoformat(row["phases"][phase]).timestamp()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port
