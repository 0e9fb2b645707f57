"""The wire of a peer: lines into the box, each served by a thread that parses strictly.

A line is a connection that the app will make some day. A few are always in stock, as long as
there are not too many in use: when one is taken or has ended, another one is sent.
"""

import socket
import threading
from collections.abc import Callable
from contextlib import suppress

import h11

from graders import http_limits
from graders.peer import Peer, PeerRequest, Reply
from sandbox.errors import BoxLost

LINES_IN_STOCK = 8
MOST_LINES = 100
"""Connections that the app may have to one peer at a time; the next one waits."""
MOST_CONNECTIONS = 2000
"""Connections that one start of the app may make to one peer in all."""
MOST_SILENT = 50
"""Of these so many may end before a byte was said; all lines end so when the app does."""
MAX_HEAD_BYTES = 64 * 1024
MAX_BODY_BYTES = 1024 * 1024
CHUNK_BYTES = 64 * 1024
NOT_ANSWERABLE = (h11.RemoteProtocolError, h11.LocalProtocolError, UnicodeError)


class Refused(Exception):
    """What came on a line is no request that a peer would answer."""


class PeerLines:
    """The lines of one peer for one start of the app; they end when the app does."""

    def __init__(self, peer: Peer, new_line: Callable[[], socket.socket]) -> None:
        self._peer = peer
        self._new_line = new_line
        self._lock = threading.Lock()
        self._sent = self._waiting = self._open = self._silent = 0
        self._is_over = False
        self._stock_up()

    def close(self) -> None:
        """The app is going to end: its lines are not replaced any more."""
        with self._lock:
            self._is_over = True

    def _stock_up(self, *, taken: int = 0, ended: int = 0) -> None:
        with self._lock:
            self._waiting -= taken
            self._open -= ended
            self._silent += taken and ended
            while self._may_send():
                line = self._new_line()
                self._sent += 1
                self._waiting += 1
                self._open += 1
                name = f"peer-{self._peer.name}"
                threading.Thread(target=self._serve, args=(line,), name=name, daemon=True).start()

    def _may_send(self) -> bool:
        return (
            self._waiting < LINES_IN_STOCK
            and self._open < MOST_LINES
            and self._sent < MOST_CONNECTIONS
            and self._silent < MOST_SILENT
            and not self._is_over
        )

    def _serve(self, line: socket.socket) -> None:
        with suppress(OSError, BoxLost):
            with line:
                if not line.recv(1, socket.MSG_PEEK):
                    return self._stock_up(taken=1, ended=1)
                self._stock_up(taken=1)
                with suppress(OSError, Refused, *NOT_ANSWERABLE):
                    _talk(line, self._peer)
            self._stock_up(ended=1)


def _talk(line: socket.socket, peer: Peer) -> None:
    state = h11.Connection(h11.SERVER, max_incomplete_event_size=MAX_HEAD_BYTES)
    while _converse(line, state, peer):
        state.start_next_cycle()


def _converse(line: socket.socket, state: h11.Connection, peer: Peer) -> bool:
    """One request and its answer; false when the connection is over."""
    request = _read(line, state)
    if request is None:
        return False
    reply = peer.answer(request)
    if reply.drop:
        return False
    line.sendall(b"".join(state.send(event) or b"" for event in _events(reply)))
    return state.our_state is h11.DONE and state.their_state is h11.DONE


def _read(line: socket.socket, state: h11.Connection) -> PeerRequest | None:
    head, body = None, bytearray()
    while True:
        event = _next_event(line, state)
        if isinstance(event, h11.Request):
            head = event
            if state.they_are_waiting_for_100_continue:
                go_on = h11.InformationalResponse(status_code=100, headers=[])
                line.sendall(state.send(go_on) or b"")
        elif isinstance(event, h11.Data):
            body += event.data
            if len(body) > MAX_BODY_BYTES:
                raise Refused
        elif isinstance(event, h11.EndOfMessage) and head is not None:
            return _request(head, bytes(body))
        else:
            return None


def _next_event(line: socket.socket, state: h11.Connection) -> object:
    while True:
        in_head = state.their_state is h11.IDLE
        if http_limits.wrong_with_lines(state.trailing_data[0], in_head=in_head):
            raise Refused
        event = state.next_event()
        if event is not h11.NEED_DATA:
            return event
        state.receive_data(line.recv(CHUNK_BYTES))


def _request(head: h11.Request, body: bytes) -> PeerRequest:
    path, _mark, query = head.target.decode("ascii").partition("?")
    headers = {name.decode("ascii"): value.decode("latin-1") for name, value in head.headers}
    return PeerRequest(head.method.decode("ascii"), path, query, headers, body)


def _events(reply: Reply) -> list[h11.Event]:
    own = {name.lower(): value for name, value in reply.headers.items()}
    own["content-length"] = str(len(reply.body))
    own.pop("transfer-encoding", None)
    return [
        h11.Response(status_code=reply.status, headers=list(own.items())),
        h11.Data(data=reply.body),
        h11.EndOfMessage(),
    ]
