"""A server that answers whatever bytes it is told to, at the other end of a socket pair."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import httpx

from graders.client import client
from graders.deadline import Deadline

Serve = Callable[[socket.socket], None]
SECONDS = 2.0


def answers(data: bytes) -> Serve:
    """One request in, these bytes out, then closed."""

    def serve(end: socket.socket) -> None:
        end.recv(1 << 16)
        end.sendall(data)

    return serve


def keeps_sending(first: bytes, again: bytes, *, pause: float = 0) -> Serve:
    """The same bytes without end, as fast as they are taken or with a pause between them."""

    def serve(end: socket.socket) -> None:
        end.recv(1 << 16)
        end.sendall(first)
        while not threading.Event().wait(pause):
            end.sendall(again)

    return serve


class Served:
    """Connections to a server that lives as long as the test."""

    def __init__(self, serve: Serve, deadline: Deadline) -> None:
        self._serve = serve
        self.deadline = deadline
        self._ends: list[socket.socket] = []
        self._threads: list[threading.Thread] = []
        self.connections = 0

    def connect(self) -> socket.socket:
        ours, theirs = socket.socketpair()
        self.connections += 1
        thread = threading.Thread(target=self._run, args=(theirs,), daemon=True)
        thread.start()
        self._ends.append(ours)
        self._threads.append(thread)
        return ours

    def _run(self, end: socket.socket) -> None:
        # The client closes its end whenever it has had enough.
        with end, suppress(OSError):
            self._serve(end)

    def wait_until_it_hung_up(self) -> None:
        """Until every connection so far was closed from this side."""
        for thread in self._threads:
            thread.join(10)
            assert not thread.is_alive()

    def close(self) -> None:
        for end in self._ends:
            end.close()
        self.wait_until_it_hung_up()


@contextmanager
def visiting(serve: Serve, seconds: float = SECONDS) -> Iterator[tuple[httpx.Client, Served]]:
    """A suite's client with a deadline, and the server that it talks to."""
    deadline = Deadline()
    deadline.restart(seconds)
    served = Served(serve, deadline)
    try:
        with client(served.connect, deadline) as http:
            yield http, served
    finally:
        served.close()


def ask(serve: Serve, *, method: str = "GET", seconds: float = SECONDS) -> httpx.Response:
    """One request to the server; raises what the client makes of the answer."""
    with visiting(serve, seconds) as (http, _served):
        return http.request(method, "/")
