"""One suite, collected once in a locked process that then forks an examination for each order."""

import contextlib
import ctypes
import gc
import json
import os
import resource
import select
import signal
import socket
import threading
from pathlib import Path
from typing import NoReturn

import pytest

from graders import examination, fixtures
from graders.locked import die_with, interpreter_places, let_go_of_all_but
from graders.orders import MAX_DESCRIPTORS, MAX_ORDER_BYTES, Order
from graders.subject import Subject
from sandbox.channel import Channel
from sandbox.confine import lock_in, scope_in
from sandbox.limits import MEGABYTE

MEMORY_MB = 1024
OPEN_FILES = 512
THREAD_STACK_BYTES = 1024 * 1024
"""Two hundred threads of peers are to find room in `MEMORY_MB`, as are their heaps."""
M_ARENA_MAX, HEAPS = -8, 2
CPU_SPARE_SECONDS = 10
REAP_SECONDS = 0.5
READY = b"r"
NOT_COLLECTED = "The suite ended its own collection."


def run(suite: str, orders: socket.socket, parent: int) -> NoReturn:
    """Collect and serve; never returns. Says `READY` once, when orders can be carried out."""
    with contextlib.suppress(BaseException):
        die_with(parent)
        let_go_of_all_but(orders.fileno())
        _settle(Path(suite))
        server = SuiteServer(orders)
        plugin = examination.Examination(server.serve, _leave)
        pytest.main(examination.arguments(suite), [plugin, fixtures])
        if not server.is_examining:
            # pytest has given up before there was anything to run: every order hears why.
            plugin.broken(NOT_COLLECTED)
            server.serve(plugin)
    os._exit(0)


class SuiteServer:
    """Waits for orders inside pytest's run loop; only forked examinations leave it."""

    def __init__(self, orders: socket.socket) -> None:
        self._orders = orders
        self._children: dict[int, int] = {}
        self.is_examining = False

    def serve(self, plugin: examination.Examination) -> None:
        """Fork and kill as ordered; returns in the forked process only."""
        gc.collect()
        gc.freeze()
        self._orders.send(READY)
        while True:
            ready = select.select([self._orders], [], [], REAP_SECONDS if self._children else None)
            self._reap()
            if not ready[0]:
                continue
            data, descriptors, _flags, _address = socket.recv_fds(
                self._orders, MAX_ORDER_BYTES, MAX_DESCRIPTORS
            )
            if not data:
                os._exit(0)
            order = json.loads(data)
            if order["op"] == "kill":
                self._kill(order["exam"])
            elif self._fork(order["exam"]):
                return self._begin(plugin, order, descriptors)
            for descriptor in descriptors:
                os.close(descriptor)

    def _fork(self, exam: int) -> bool:
        """True in the child."""
        parent = os.getpid()
        pid = os.fork()
        if pid:
            self._children[exam] = pid
        else:
            die_with(parent)
        return pid == 0

    def _begin(
        self, plugin: examination.Examination, data: dict[str, object], descriptors: list[int]
    ) -> None:
        self.is_examining = True
        self._orders.close()
        scope_in()
        order = Order.model_validate(data)
        seconds = int(order.limits.suite_seconds) + CPU_SPARE_SECONDS
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        results, go, *control = descriptors
        plugin.begin(order, results, _subject(order, control), go)

    def _kill(self, exam: int) -> None:
        if exam in self._children:
            os.kill(self._children[exam], signal.SIGKILL)

    def _reap(self) -> None:
        for exam, pid in list(self._children.items()):
            if os.waitpid(pid, os.WNOHANG)[0]:
                del self._children[exam]


def _subject(order: Order, control: list[int]) -> Subject | None:
    if not control:
        return None
    channel = Channel(socket.socket(fileno=control[0]), running=order.running)
    return Subject(channel, order.entry, order.limits, order.fresh_app, order.peers)


def _leave() -> None:
    """Without pytest's long goodbye: nobody waits for what it would tidy up."""
    os._exit(0)


def _settle(suite: Path) -> None:
    null = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(null, standard)
    for kind, value in (
        (resource.RLIMIT_AS, MEMORY_MB * MEGABYTE),
        (resource.RLIMIT_NOFILE, OPEN_FILES),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (value, value))
    ctypes.CDLL(None).mallopt(M_ARENA_MAX, HEAPS)
    threading.stack_size(THREAD_STACK_BYTES)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    examination.raise_on_alarm()
    lock_in([suite, *interpreter_places()])
