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
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, suppress
from pathlib import Path

from pydantic import ValidationError

from graders import evidence, report
from graders.errors import ExaminerLost, SuiteNotCollected
from graders.orders import Order
from sandbox.limits import Limits

ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "TZ": "UTC"}
COLLECT_SECONDS = 30.0
MAX_TOTAL_BYTES = 4 * 1024 * 1024 + evidence.MAX_TOTAL_BYTES
SERVER = "graders.examiner_server"


class Examiner:
    """One fork server per worker process; started at first use, replaced when it has died."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._numbers = itertools.count(1)
        self._server: subprocess.Popen[bytes] | None = None
        self._orders: socket.socket | None = None

    def prepare(
        self, suite: Path, digest: str, *, control: socket.socket, limits: Limits, **order: object
    ) -> "Exam":
        """Have an examination stand by for the app that is being started in the box.

        `order` holds further fields of `Order`. Tests run in the order of `files`, or shuffled
        by the seed.
        """
        wanted = Order.model_validate(
            {"exam": next(self._numbers), "suite": suite, "digest": digest, "limits": limits}
            | order
        )
        return Exam(self._send, wanted, limits.suite_seconds, control.fileno())

    def collect(self, suite: Path, digest: str) -> list[report.Test]:
        """The tests of a suite, without any app. Raises `SuiteNotCollected`, or `ExaminerLost`."""
        order = Order(exam=next(self._numbers), suite=suite, digest=digest, only_collect=True)
        tests: list[report.Test] | None = None
        with Exam(self._send, order, COLLECT_SECONDS) as exam:
            for line in exam.run():
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


class Exam(AbstractContextManager["Exam"]):
    """One examination in a process of its own; leaving the context ends it."""

    def __init__(
        self, send: Callable[..., None], order: Order, seconds: float, *control: int
    ) -> None:
        self._send = send
        self._number = order.exam
        self._seconds = seconds
        self._reader, writer = os.pipe()
        waiting, self._go = os.pipe()
        try:
            send(order.model_dump_json().encode(), writer, waiting, *control)
        except BaseException:
            self._close_pipes()
            raise
        finally:
            os.close(writer)
            os.close(waiting)

    def run(self) -> Iterator[report.Line]:
        """Let it begin; yields lines as they come. What is missing is for the caller to judge."""
        with suppress(BrokenPipeError):
            os.write(self._go, b"g")
        return _lines(self._reader, time.monotonic() + self._seconds)

    def __exit__(self, *_error: object) -> None:
        self._close_pipes()
        self._send(json.dumps({"op": "kill", "exam": self._number}).encode())

    def _close_pipes(self) -> None:
        os.close(self._reader)
        os.close(self._go)


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
