"""The worker's side of the examiner: orders an exam, reads its lines strictly and in time."""

import itertools
import json
import os
import select
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from pydantic import ValidationError

from graders import report
from graders.errors import ExaminerLost
from sandbox.limits import Limits

ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "TZ": "UTC"}
MAX_TOTAL_BYTES = 4 * 1024 * 1024
SERVER = "graders.examiner_server"


class Examiner:
    """One fork server per worker process; started at first use, replaced when it has died."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._numbers = itertools.count(1)
        self._server: subprocess.Popen[bytes] | None = None
        self._orders: socket.socket | None = None

    def examine(
        self, suite: Path, *, seed: int, entry: str, limits: Limits, control: socket.socket,
        running: int, shuffle: bool = False, files: Sequence[str] = (),
    ) -> Iterator[report.Line]:  # fmt: skip
        """Run the suite against the app that is already running; yields lines as they come.

        Tests run in the order of `files`, or shuffled by the seed. What is missing when the
        lines end is for the caller to judge.
        """
        order = {
            "suite": str(suite),
            "seed": seed,
            "entry": entry,
            "limits": limits.as_dict(),
            "running": running,
            "shuffle": shuffle,
            "files": list(files),
        }
        return self._run(order, limits.suite_seconds, control.fileno())

    def collect(self, suite: Path) -> list[report.Test]:
        """The tests of a suite, without any app. Raises `ExaminerLost` with the reason."""
        order = {
            "suite": str(suite),
            "seed": 0,
            "entry": "",
            "limits": Limits().as_dict(),
            "running": 0,
            "only_collect": True,
        }
        tests: list[report.Test] | None = None
        for line in self._run(order, Limits().suite_seconds):
            if isinstance(line, report.SuiteBroken):
                raise ExaminerLost(line.reason)
            if isinstance(line, report.Collected):
                tests = line.tests
        if tests is None:
            raise ExaminerLost("The examiner ended before it had collected the suite.")
        return tests

    def close(self) -> None:
        """End the fork server and with it every examination."""
        with self._lock:
            if self._orders:
                self._orders.close()
            if self._server:
                self._server.wait()
            self._orders = self._server = None

    def warm_up(self) -> None:
        """Start the fork server now instead of at the first exam."""
        with self._lock:
            self._ensure_server()

    def _run(
        self, order: dict[str, object], seconds: float, *descriptors: int
    ) -> Iterator[report.Line]:
        number = next(self._numbers)
        reader, writer = os.pipe()
        try:
            try:
                self._send({"op": "exam", "exam": number, **order}, writer, *descriptors)
            finally:
                os.close(writer)
            yield from _lines(reader, time.monotonic() + seconds)
        finally:
            os.close(reader)
            self._send({"op": "kill", "exam": number})

    def _send(self, order: dict[str, object], *descriptors: int) -> None:
        data = json.dumps(order).encode()
        with self._lock:
            orders = self._ensure_server()
            try:
                socket.send_fds(orders, [data], descriptors)
            except OSError as error:
                raise ExaminerLost(f"The examiner takes no orders ({error}).") from error

    def _ensure_server(self) -> socket.socket:
        if self._server and self._server.poll() is None and self._orders:
            return self._orders
        if self._orders:
            self._orders.close()
        here, there = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with there:
            self._server = subprocess.Popen(  # noqa: S603  (our own module)
                [sys.executable, "-I", "-B", "-m", SERVER, str(there.fileno())],
                pass_fds=[there.fileno()],
                env=ENVIRONMENT,
                cwd="/",
                stdin=subprocess.DEVNULL,
                start_new_session=True,
            )
        self._orders = here
        return here


def _lines(reader: int, deadline: float) -> Iterator[report.Line]:
    """Parsed lines until the pipe closes or the deadline passes; nonsense ends the reading."""
    buffer, total = b"", 0
    while (left := deadline - time.monotonic()) > 0:
        if not select.select([reader], [], [], left)[0]:
            return
        data = os.read(reader, 1 << 16)
        total += len(data)
        if not data or total > MAX_TOTAL_BYTES:
            return
        *lines, buffer = (buffer + data).split(b"\n")
        try:
            yield from [report.LINES.validate_json(line, strict=True) for line in lines]
        except ValidationError:
            return
