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
from collections.abc import Iterator
from pathlib import Path

from pydantic import ValidationError

from graders import report
from graders.errors import ExaminerLost, SuiteNotCollected
from graders.orders import Order
from sandbox.limits import Limits

ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "TZ": "UTC"}
COLLECT_SECONDS = 30.0
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
        self, suite: Path, digest: str, *, control: socket.socket, limits: Limits, **order: object
    ) -> Iterator[report.Line]:
        """Run the suite against the app that is already running; yields lines as they come.

        `order` holds further fields of `Order`. Tests run in the order of `files`, or shuffled
        by the seed. What is missing when the lines end is for the caller to judge.
        """
        wanted = Order.model_validate(
            {"exam": next(self._numbers), "suite": suite, "digest": digest, "limits": limits}
            | order
        )
        return self._run(wanted, limits.suite_seconds, control.fileno())

    def collect(self, suite: Path, digest: str) -> list[report.Test]:
        """The tests of a suite, without any app. Raises `SuiteNotCollected`, or `ExaminerLost`."""
        order = Order(exam=next(self._numbers), suite=suite, digest=digest, only_collect=True)
        tests: list[report.Test] | None = None
        for line in self._run(order, COLLECT_SECONDS):
            if isinstance(line, report.SuiteBroken):
                raise SuiteNotCollected(line.reason)
            if isinstance(line, report.Collected):
                tests = line.tests
        if tests is None:
            self._require_server()
            raise SuiteNotCollected(
                f"It was not collected within {COLLECT_SECONDS:g} s, or ended its own process."
            )
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

    def _run(self, order: Order, seconds: float, *descriptors: int) -> Iterator[report.Line]:
        reader, writer = os.pipe()
        try:
            try:
                self._send(order.model_dump_json().encode(), writer, *descriptors)
            finally:
                os.close(writer)
            yield from _lines(reader, time.monotonic() + seconds)
        finally:
            os.close(reader)
            self._send(json.dumps({"op": "kill", "exam": order.exam}).encode())

    def _send(self, data: bytes, *descriptors: int) -> None:
        with self._lock:
            orders = self._ensure_server()
            try:
                socket.send_fds(orders, [data], descriptors)
            except OSError as error:
                raise ExaminerLost(f"The examiner takes no orders ({error}).") from error

    def _require_server(self) -> None:
        """Raises `ExaminerLost` when it was the server that ended."""
        with self._lock:
            if self._server is None or self._server.poll() is not None:
                raise ExaminerLost("The examiner ended while it collected a suite.")

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
    """Parsed lines until the last one or the deadline; a closed pipe or nonsense ends them too."""
    buffer, total = b"", 0
    while (left := deadline - time.monotonic()) > 0:
        if not select.select([reader], [], [], left)[0]:
            return
        data = os.read(reader, 1 << 16)
        total += len(data)
        if not data or total > MAX_TOTAL_BYTES:
            return
        *lines, buffer = (buffer + data).split(b"\n")
        for line in lines:
            try:
                said = report.LINES.validate_json(line, strict=True)
            except ValidationError:
                return
            yield said
            if isinstance(said, report.Finished):
                return
