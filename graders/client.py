"""The suite's HTTP client: treats the app as hostile, in time and in bytes.

One connection is made here and its other end given to the app: there is no address, no proxy
and no redirect that could lead elsewhere. Every request has one wall-clock deadline for all of
connecting, sending and reading; a server that drips bytes does not renew it.
"""

import select
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, cast

import h11
import httpx

from graders import http_evidence, http_limits, strict_json
from graders.app_problem import AppProblem, BadProtocol, ConnectionLost
from graders.deadline import Deadline
from graders.evidence import Evidence, Message

MAX_HEADER_BYTES = 64 * 1024
MAX_BODY_BYTES = 4 * 1024 * 1024
MAX_INFORMATIONAL = 8
CHUNK_BYTES = 64 * 1024


class StrictResponse(httpx.Response):
    """A response whose text is strict UTF-8, whose JSON is strict JSON, and that leads nowhere."""

    def json(self, **_options: Any) -> Any:
        """The body as JSON; raises `NotJson`, which counts as a failed check."""
        _ = self.text  # what is not UTF-8 is worse than what is not JSON
        return strict_json.loads(self.content)

    @property
    def text(self) -> str:
        """The body as UTF-8, whatever character set the app claims."""
        try:
            return self.content.decode("utf-8")
        except UnicodeDecodeError as error:
            raise BadProtocol("The body of the answer is not UTF-8 text.") from error

    @property
    def charset_encoding(self) -> str:
        """Never the app's choice: some of Python's codecs are bombs, or no text codecs at all."""
        return "utf-8"

    @property
    def has_redirect_location(self) -> bool:
        """False: httpx parses the address even if it does not follow, and breaks over some."""
        return False


@dataclass(slots=True)
class _Connection:
    sock: socket.socket
    state: h11.Connection
    at_line: bool = True
    """Whether a line comes next (head, chunk size or trailer), not a piece of a body."""

    def close(self) -> None:
        self.sock.close()


@dataclass(slots=True)
class Exchange:
    """A request that is on its way, and what has come back so far."""

    request: httpx.Request
    came: Message
    connection: _Connection

    def close(self) -> None:
        """Close its connection; nothing more comes."""
        self.connection.close()


class AppTransport(httpx.BaseTransport):
    """Speaks HTTP/1.1 over connections that `connect` makes."""

    def __init__(
        self, connect: Callable[[], socket.socket], deadline: Deadline, evidence: Evidence
    ) -> None:
        self._connect = connect
        self._deadline = deadline
        self._evidence = evidence
        self._idle: list[_Connection] = []

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send, and read the whole answer, or raise an `AppProblem`."""
        return self.finish(self.begin(request))

    def begin(self, request: httpx.Request) -> Exchange:
        """Send, without waiting for the answer."""
        sent, came = http_evidence.asked(request), Message(http_evidence.NO_ANSWER)
        self._evidence.add(sent, came)
        with _noted(came):
            exchange = Exchange(request, came, self._quiet() or self._fresh())
            with _closed_by_a_mistake(exchange):
                self._send(exchange.connection, request, sent)
        return exchange

    def finish(self, exchange: Exchange) -> httpx.Response:
        """Read the whole answer to what was sent."""
        with _noted(exchange.came), _closed_by_a_mistake(exchange):
            response = self._read(exchange.connection, exchange.request, exchange.came)
            self._keep_or_close(exchange.connection, is_crash=response.is_server_error)
        return response

    def close(self) -> None:
        """Close what is open."""
        while self._idle:
            self._idle.pop().close()

    def _quiet(self) -> _Connection | None:
        """An idle connection that the app has not closed; raises if it said something unasked."""
        while self._idle:
            connection = self._idle.pop()
            if not select.select([connection.sock], [], [], 0)[0]:
                return connection
            unasked = self._receive(connection.sock)
            connection.close()
            _refuse_unasked(unasked)
        return None

    def _fresh(self) -> _Connection:
        state = h11.Connection(h11.CLIENT, max_incomplete_event_size=MAX_HEADER_BYTES)
        return _Connection(self._connect(), state)

    def _keep_or_close(self, connection: _Connection, *, is_crash: bool) -> None:
        """A server hangs up after an unhandled error, but perhaps not before we ask again."""
        _refuse_unasked(connection.state.trailing_data[0])
        if is_crash:
            return connection.close()
        try:
            connection.state.start_next_cycle()
        except h11.ProtocolError:
            connection.close()
        else:
            connection.at_line = True
            self._idle.append(connection)

    def _send(self, connection: _Connection, request: httpx.Request, sent: Message) -> None:
        for event in _request_events(request):
            if isinstance(event, h11.Data):
                sent.more(event.data)
            data = connection.state.send(event)
            if data and not self._write(connection, data):
                return

    def _write(self, connection: _Connection, data: bytes) -> bool:
        """Write while the app reads; false once it has closed its end or begun to answer."""
        view = memoryview(data)
        connection.sock.setblocking(False)
        while view:
            readable, writable, _ = select.select(
                [connection.sock], [connection.sock], [], self._deadline.left()
            )
            try:
                if writable:
                    view = view[connection.sock.send(view) :]
                elif readable:
                    return False
            except (BrokenPipeError, ConnectionResetError):
                return False
        return True

    def _read(
        self, connection: _Connection, request: httpx.Request, came: Message
    ) -> httpx.Response:
        head, body, informational = None, bytearray(), 0
        while True:
            event = self._next_event(connection)
            if isinstance(event, h11.InformationalResponse):
                informational += 1
                if informational > MAX_INFORMATIONAL:
                    raise BadProtocol(f"More than {MAX_INFORMATIONAL} interim answers came.")
                if event.status_code == 101:
                    raise BadProtocol("The app switched protocols on a plain request.")
            elif isinstance(event, h11.Response):
                head = event
                http_evidence.answered(came, head)
                _refuse(http_limits.wrong_with_head(head.headers))
                connection.at_line = any(name == b"transfer-encoding" for name, _ in head.headers)
            elif isinstance(event, h11.Data):
                connection.at_line = event.chunk_end
                body += event.data
                came.more(event.data)
                if len(body) > MAX_BODY_BYTES:
                    raise BadProtocol(f"The answer is longer than {MAX_BODY_BYTES} bytes.")
            elif isinstance(event, h11.EndOfMessage) and head is not None:
                return _response(head, bytes(body), request)
            else:
                raise ConnectionLost("The connection was closed before the answer came.")

    def _next_event(self, connection: _Connection) -> object:
        while True:
            if connection.at_line:
                waiting, in_head = connection.state.trailing_data[0], _in_head(connection.state)
                _refuse(http_limits.wrong_with_lines(waiting, in_head=in_head))
            try:
                event = connection.state.next_event()
            except h11.RemoteProtocolError as error:
                if connection.state.trailing_data[1]:
                    raise ConnectionLost(
                        "The connection was closed before the answer was complete."
                    ) from error
                raise BadProtocol(http_limits.not_http(str(error))) from error
            if event is not h11.NEED_DATA:
                return event
            connection.state.receive_data(self._receive(connection.sock))

    def _receive(self, sock: socket.socket) -> bytes:
        if not select.select([sock], [], [], self._deadline.left())[0]:
            self._deadline.left()
        try:
            return sock.recv(CHUNK_BYTES)
        except BlockingIOError:
            self._deadline.left()
            return self._receive(sock)
        except ConnectionResetError:
            return b""


@contextmanager
def _noted(came: Message) -> Iterator[None]:
    """What the app did wrong stands in the evidence."""
    try:
        yield
    except AppProblem as error:
        http_evidence.ended(came, str(error))
        raise


@contextmanager
def _closed_by_a_mistake(exchange: Exchange) -> Iterator[None]:
    """A connection on which anything went wrong is not used again."""
    try:
        yield
    except BaseException:
        exchange.close()
        raise


def _request_events(request: httpx.Request) -> Iterator[h11.Event]:
    target = request.extensions.get("target", request.url.raw_path)
    yield h11.Request(method=request.method, target=target, headers=request.headers.raw)
    for chunk in cast(httpx.SyncByteStream, request.stream):
        for start in range(0, len(chunk), CHUNK_BYTES):
            yield h11.Data(data=chunk[start : start + CHUNK_BYTES])
    yield h11.EndOfMessage()


def _in_head(state: h11.Connection) -> bool:
    return state.their_state is h11.SEND_RESPONSE


def _refuse(reason: str | None) -> None:
    if reason is not None:
        raise BadProtocol(reason)


def _refuse_unasked(data: bytes) -> None:
    """On a connection that is used again this would be the next answer."""
    if data:
        raise BadProtocol("The app sent more than the answer to what it was asked.")


def _response(head: h11.Response, body: bytes, request: httpx.Request) -> httpx.Response:
    return StrictResponse(
        head.status_code,
        headers=list(head.headers),
        stream=httpx.ByteStream(body),  # `content=` would add headers that the app did not send
        request=request,
        extensions={"http_version": b"HTTP/" + head.http_version, "reason_phrase": head.reason},
    )


def client(
    connect: Callable[[], socket.socket], deadline: Deadline, evidence: Evidence | None = None
) -> httpx.Client:
    """A fresh client: own cookies, own connections, nothing from the environment."""
    return httpx.Client(
        transport=AppTransport(connect, deadline, evidence or Evidence()),
        base_url="http://app",
        headers=http_evidence.HEADERS,
        trust_env=False,
        follow_redirects=False,
        timeout=None,  # noqa: S113  (the transport's deadline is stricter)
    )
