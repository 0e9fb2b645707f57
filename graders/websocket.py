"""The fixture `websocket`: a client for the app's WebSockets, as wary as the one for HTTP."""

import json
from collections.abc import Callable, Mapping, Sequence
from socket import socket
from types import TracebackType
from typing import Any, Self

from websockets.exceptions import ConnectionClosed, InvalidHandshake, InvalidStatus
from websockets.sync.client import ClientConnection, connect

from graders import strict_json
from graders.app_problem import AppProblem, BadProtocol, ConnectionLost, NoAnswerInTime
from graders.deadline import Deadline
from graders.evidence import Evidence, Message

MAX_MESSAGE_BYTES = 1024 * 1024
MAX_WAITING_MESSAGES = 64
CLOSE_SECONDS = 1.0


class HandshakeRefused(AppProblem):
    """The app did not accept the WebSocket; `status` is that of its HTTP answer."""

    def __init__(self, status: int) -> None:
        super().__init__(f"The app refused the WebSocket with status {status}.")
        self.status = status


class Closed(AppProblem):
    """The app closed the WebSocket; `code` and `reason` are what it said."""

    def __init__(self, code: int | None, reason: str) -> None:
        super().__init__(f"The app closed the WebSocket (code {code}).")
        self.code = code
        self.reason = reason


class WebSocket:
    """One open connection; leaving its context closes it."""

    def __init__(
        self, connection: ClientConnection, path: str, deadline: Deadline, evidence: Evidence
    ) -> None:
        self._connection = connection
        self._path = path
        self._deadline = deadline
        self._evidence = evidence

    @property
    def subprotocol(self) -> str | None:
        """What was agreed on in the handshake."""
        return self._connection.subprotocol

    def send_text(self, text: str) -> None:
        """Send one text message. Raises `Closed`."""
        self._note(text.encode(), sent=True)
        try:
            self._connection.send(text)
        except ConnectionClosed as error:
            raise self._closed(error) from error

    def send_json(self, value: Any) -> None:
        """Send one value as the text of its JSON."""
        self.send_text(json.dumps(value))

    def receive_text(self) -> str:
        """The next message, which has to be text. Raises `Closed`, or when time is over."""
        try:
            message = self._connection.recv(self._deadline.left())
        except TimeoutError as error:
            raise NoAnswerInTime(
                f"No message on the WebSocket within {self._deadline.seconds:g} s."
            ) from error
        except ConnectionClosed as error:
            raise self._closed(error) from error
        if isinstance(message, bytes):
            raise BadProtocol("The app sent a binary message where text was expected.")
        self._note(message.encode(), sent=False)
        return message

    def receive_json(self) -> Any:
        """The next message as strict JSON; raises `NotJson`, which counts as a failed check."""
        return strict_json.loads(self.receive_text().encode())

    def wait_until_closed(self) -> int | None:
        """The code with which the app closes, whatever it says before."""
        try:
            while True:
                self.receive_text()
        except Closed as closed:
            return closed.code

    def close(self, code: int = 1000) -> None:
        """Close it from our side."""
        self._connection.close(code)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _closed(self, error: ConnectionClosed) -> Closed:
        said = error.rcvd
        return Closed(said.code if said else None, said.reason if said else "")

    def _note(self, text: bytes, *, sent: bool) -> None:
        message = Message(f"WebSocket {self._path}", text)
        self._evidence.add(message if sent else None, None if sent else message)


class WebSockets:
    """What the fixture gives: call it with a path to open a connection."""

    def __init__(
        self, connect_to_app: Callable[[], socket], deadline: Deadline, evidence: Evidence
    ) -> None:
        self._connect = connect_to_app
        self._deadline = deadline
        self._evidence = evidence
        self._open: list[WebSocket] = []

    def __call__(
        self,
        path: str,
        *,
        headers: Mapping[str, str] | None = None,
        subprotocols: Sequence[str] | None = None,
    ) -> WebSocket:
        """Open one. Raises `HandshakeRefused` when the app does not want it."""
        try:
            connection = connect(
                f"ws://app{path}",
                sock=self._connect(),
                additional_headers=headers,
                subprotocols=None if subprotocols is None else list(subprotocols),  # type: ignore[arg-type]
                compression=None,
                proxy=None,
                open_timeout=self._deadline.left(),
                close_timeout=CLOSE_SECONDS,
                ping_interval=None,
                max_size=MAX_MESSAGE_BYTES,
                max_queue=MAX_WAITING_MESSAGES,
                user_agent_header="assay",
            )
        except InvalidStatus as error:
            raise HandshakeRefused(error.response.status_code) from error
        except InvalidHandshake as error:
            raise BadProtocol("The answer to the WebSocket's handshake is not valid.") from error
        except TimeoutError as error:
            raise NoAnswerInTime("No answer to the WebSocket's handshake in time.") from error
        except (EOFError, OSError) as error:
            raise ConnectionLost("The app closed the connection during the handshake.") from error
        opened = WebSocket(connection, path, self._deadline, self._evidence)
        self._open.append(opened)
        return opened

    def close(self) -> None:
        """Close what the check has left open."""
        for each in self._open:
            each.close()
