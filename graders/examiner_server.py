"""The fork server of the examiner: has imported pytest, and forks one process for each suite.

Started by the worker with an empty environment; it has no route to database, broker or Docker.
One datagram is one order; the descriptors that come with it are the results pipe and the box.
Orders go on to the process that has collected their suite, which stays until the suite changes.
"""

import contextlib
import gc
import json
import os
import select
import signal
import socket
import sys
from dataclasses import dataclass, field

from graders import preload, suite_server
from graders.orders import MAX_DESCRIPTORS, MAX_ORDER_BYTES

MAX_SUITES = 64


@dataclass(slots=True)
class Suite:
    """A process that has collected one suite, or is about to: then it has not said so yet."""

    digest: str
    pid: int
    orders: socket.socket
    is_ready: bool = False
    exams: set[int] = field(default_factory=set)


class Server:
    """Keeps the suites' processes, the one used last at the end."""

    def __init__(self, orders: socket.socket) -> None:
        self._orders = orders
        self._suites: dict[str, Suite] = {}

    def serve(self) -> None:
        """Pass orders on until the worker goes away."""
        while True:
            waiting = {suite.orders: path for path, suite in self._suites.items()}
            for ready in select.select([self._orders, *waiting], [], [])[0]:
                if ready is not self._orders:
                    self._hear(waiting[ready])
                elif not self._take_order():
                    return

    def _take_order(self) -> bool:
        data, descriptors, _flags, _address = socket.recv_fds(
            self._orders, MAX_ORDER_BYTES, MAX_DESCRIPTORS
        )
        if not data:
            return False
        order = json.loads(data)
        if order["op"] == "kill":
            self._kill(order["exam"], data)
        else:
            self._pass_on(order, data, descriptors)
        for descriptor in descriptors:
            os.close(descriptor)
        return True

    def _pass_on(self, order: dict[str, str], data: bytes, descriptors: list[int]) -> None:
        suite = self._suite(order["suite"], order["digest"])
        suite.exams.add(int(order["exam"]))
        # A suite that has just died takes no orders: the closed pipe tells the worker.
        with contextlib.suppress(OSError):
            socket.send_fds(suite.orders, [data], descriptors)

    def _kill(self, exam: int, data: bytes) -> None:
        """End one examination; a suite that is not even collected by then goes with it."""
        for path, suite in list(self._suites.items()):
            if exam in suite.exams:
                suite.exams.discard(exam)
                if not suite.is_ready:
                    self._end(path)
                    continue
                with contextlib.suppress(OSError):
                    suite.orders.send(data)

    def _suite(self, path: str, digest: str) -> Suite:
        if path in self._suites and self._suites[path].digest != digest:
            self._end(path)
        suite = self._suites.pop(path, None) or self._fork(digest, path)
        self._suites[path] = suite
        for old in list(self._suites)[:-MAX_SUITES]:
            self._end(old)
        return suite

    def _fork(self, digest: str, path: str) -> Suite:
        here, there = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        parent = os.getpid()
        pid = os.fork()
        if pid == 0:
            suite_server.run(path, there, parent)
        there.close()
        return Suite(digest, pid, here)

    def _hear(self, path: str) -> None:
        suite = self._suites.get(path)
        if suite is None:
            return
        if suite.orders.recv(1):
            suite.is_ready = True
        else:
            self._end(path)

    def _end(self, path: str) -> None:
        """Kill a suite's process; its examinations die with it."""
        suite = self._suites.pop(path)
        suite.orders.close()
        os.kill(suite.pid, signal.SIGKILL)
        os.waitpid(suite.pid, 0)


def main() -> None:
    """Get warm, then serve; children that are left die with us."""
    orders = socket.socket(fileno=int(sys.argv[1]))
    gc.disable()
    preload.everything()
    gc.enable()
    gc.collect()
    gc.freeze()
    Server(orders).serve()


if __name__ == "__main__":
    main()
