"""The whole platform: `assay up` with portal, queue, worker and database, asked over HTTP."""

from __future__ import annotations

import contextlib
import os
import secrets
import signal
import socket
import subprocess
import sys
import tempfile
import time
from datetime import datetime
from typing import Any

import httpx

from bench import engine, processor
from bench.daemon import Daemon
from bench.errors import BenchError
from bench.exercise import Exercise
from bench.meter import Meter
from bench.sample import Sample
from portal.settings import Settings

EMAIL = "bench@example.org"
HOST = "127.0.0.1"
READY_SECONDS = 240.0
VERDICT_SECONDS = 120.0
STOP_SECONDS = 30.0
LOOK_SECONDS = 0.2
SHOWN_CHARACTERS = 4000


class Platform:
    """A running `assay up` in a folder of its own, with one account and its token."""

    name = "platform"
    title = "Assay, POST to stored verdict"

    def __init__(self, task: Exercise, daemon: Daemon) -> None:
        self._daemon = daemon
        self._task = task
        self._home = tempfile.TemporaryDirectory(prefix="assay-bench-")
        self._environment = _environment(self._home.name)
        self._log = tempfile.TemporaryFile("w+")  # noqa: SIM115  (closed by `close`)
        port = _free_port()
        self._process = subprocess.Popen(  # noqa: S603  (our own command)
            [*_assay("up"), "--port", str(port)],
            env=self._environment,
            stdin=subprocess.DEVNULL,
            stdout=self._log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        self._client = httpx.Client(base_url=f"http://{HOST}:{port}", timeout=VERDICT_SECONDS)
        try:
            self._wait_until_ready()
            self._client.headers["Authorization"] = f"Bearer {self._token()}"
        except BaseException:
            self.close()
            raise

    def once(self, seed: int) -> Sample:
        """Hand in, follow the events to the last one, read what was stored."""
        meter = Meter(lambda: processor.tree_seconds(self._process.pid), self._daemon)
        path = f"/api/v1/challenges/{self._task.package.slug}/submissions"
        sent = time.time()
        answer = self._client.post(path, json={"files": self._task.files})
        answered = time.time()
        if answer.status_code != httpx.codes.ACCEPTED:
            raise BenchError(f"The portal took no submission: {answer.status_code} {answer.text}")
        self._follow(answer.headers["Location"])
        seen = time.time()
        row = self._client.get(answer.headers["Location"]).raise_for_status().json()
        if row["verdict"] != "passed":
            said = row["message"] or ""
            raise self._failure(f"The platform's verdict was {row['verdict']}. {said}")
        if row["attempts"] != 1:
            raise self._failure(f"It took the platform {row['attempts']} attempts.")
        parts = _parts(row, sent, answered, seen)
        return Sample(_moment(row, "stored") - sent, *meter.read(), parts=parts)

    def close(self) -> None:
        """Stop everything as Ctrl-C does, then remove the folder."""
        self._client.close()
        self._process.send_signal(signal.SIGINT)
        try:
            self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._log.close()
        self._home.cleanup()

    def _follow(self, location: str) -> None:
        with self._client.stream("GET", f"{location}/events") as events:
            events.raise_for_status()
            for line in events.iter_lines():
                if line == "event: done":
                    return
        raise BenchError("The portal's events ended before the verdict.")

    def _wait_until_ready(self) -> None:
        until = time.monotonic() + READY_SECONDS
        while time.monotonic() < until:
            if self._process.poll() is not None:
                raise self._failure(f"`assay up` ended with {self._process.returncode}.")
            with contextlib.suppress(httpx.TransportError):
                if self._client.get("/readyz").is_success:
                    return
            time.sleep(LOOK_SECONDS)
        raise self._failure(f"`assay up` was not ready to grade after {READY_SECONDS:g} s.")

    def _failure(self, reason: str) -> BenchError:
        """The reason, and the last that the platform said."""
        self._log.seek(0)
        return BenchError(f"{reason} Its log:\n{self._log.read()[-SHOWN_CHARACTERS:]}")

    def _token(self) -> str:
        self._run("user", "create", EMAIL, "--password-stdin", given=secrets.token_urlsafe())
        return self._run("token", "create", EMAIL).split()[-1]

    def _run(self, *words: str, given: str = "") -> str:
        done = subprocess.run(  # noqa: S603  (our own command)
            _assay(*words),
            env=self._environment,
            input=given,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise BenchError(f"`assay {' '.join(words)}` failed: {done.stderr}")
        return done.stdout


def _assay(*words: str) -> list[str]:
    return [sys.executable, "-m", "portal", *words]


def _environment(home: str) -> dict[str, str]:
    """Embedded defaults, whatever the caller has set for a portal of their own."""
    own = {f"ASSAY_{field.upper()}" for field in Settings.model_fields}
    own |= {"DATABASE_URL", "REDIS_URL"}
    kept = {name: value for name, value in os.environ.items() if name not in own}
    return kept | {"ASSAY_HOME": home, "ASSAY_HOST": HOST, "ASSAY_SANDBOX": "docker"}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port


def _moment(row: dict[str, Any], phase: str) -> float:
    return datetime.fromisoformat(row["phases"][phase]).timestamp()


def _parts(row: dict[str, Any], sent: float, answered: float, seen: float) -> dict[str, float]:
    """Where the time went, in the order of a submission's life; the last two are no part of it."""
    submitted, started, stored = (_moment(row, p) for p in ("submitted", "started", "stored"))
    engine_parts = engine.phases(row["timing"])
    del engine_parts["handover to verdict"]
    return {
        "POST sent to row made": submitted - sent,
        "row made to claimed": started - submitted,
        **engine_parts,
        "package read, verdict written": stored - started - row["timing"]["total"],
        "(POST sent to 202 received)": answered - sent,
        "(stored to seen by the browser)": seen - stored,
    }
