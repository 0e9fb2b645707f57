"""The worker's side of a courier: starts it, gives it orders, and believes no byte unread."""

import select
import socket
import subprocess
import sys
import time
from collections.abc import Sequence

from pydantic import ValidationError

from graders.courier_lines import MAX_TOLD_BYTES, TOLD, Answered, Ask, Describe, Described, Duty
from graders.examiner import ENVIRONMENT
from sandbox.limits import Limits

COURIER = "graders.courier_process"
CHUNK_BYTES = 1 << 16
SPARE_SECONDS = 10.0
"""What an answer may take beyond its own deadline: the courier's start, its last look."""


class CourierLost(Exception):
    """The courier ended, was too slow or said what none says: what it met did this."""


class Courier:
    """One locked process for one start of the app; closing it ends it."""

    def __init__(
        self,
        control: socket.socket,
        *,
        running: int,
        entry: str,
        peers: Sequence[str],
        limits: Limits,
    ) -> None:
        self._seconds = limits.test_seconds + SPARE_SECONDS
        self._line, there = socket.socketpair()
        with there:
            self._process = subprocess.Popen(  # noqa: S603  (our own module)
                [
                    sys.executable,
                    "-I",
                    "-B",
                    "-m",
                    COURIER,
                    str(there.fileno()),
                    str(control.fileno()),
                ],
                pass_fds=[there.fileno(), control.fileno()],
                env=ENVIRONMENT,
                cwd="/",
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                start_new_session=True,
            )
        self._send(Duty(running=running, entry=entry, peers=tuple(peers), limits=limits))

    def carry(self, order: Ask | Describe) -> Answered | Described:
        """What came of an order. Raises `CourierLost`; the courier is of no more use then."""
        self._send(order)
        try:
            return TOLD.validate_json(self._receive())
        except ValidationError as error:
            raise CourierLost("It said what no courier says.") from error

    def close(self) -> None:
        """End the process."""
        self._line.close()
        self._process.kill()
        self._process.wait()

    def _send(self, line: Duty | Ask | Describe) -> None:
        self._line.settimeout(self._seconds)
        try:
            self._line.sendall(line.model_dump_json().encode() + b"\n")
        except OSError as error:
            raise CourierLost(f"It takes no orders ({error}).") from error

    def _receive(self) -> bytes:
        data, until = bytearray(), time.monotonic() + self._seconds
        while not data.endswith(b"\n"):
            left = until - time.monotonic()
            if left <= 0 or not select.select([self._line], [], [], left)[0]:
                raise CourierLost("It did not answer in time.")
            part = self._line.recv(CHUNK_BYTES)
            data += part
            if not part or len(data) > MAX_TOLD_BYTES:
                raise CourierLost("It ended, or said too much.")
        return bytes(data)
