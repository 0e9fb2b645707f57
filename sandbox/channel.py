"""Orders to one box: start a fresh app, connect to it, stop it.

Whoever holds the channel commands the box: first the grader, then the examiner.
"""

import socket
import threading
import time
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TypeVar

from sandbox import frames
from sandbox.errors import BoxLost
from sandbox.frames import Exited, Failed, Ready, Seen, Stopped
from sandbox.limits import Limits

ANSWER_SECONDS = 5.0
NOTHING: Mapping[str, str] = MappingProxyType({})
Answer = TypeVar("Answer", Seen, Stopped)


class DidNotStart(Exception):
    """The app was not ready in time; `failure` says what the agent saw, if it saw anything."""

    def __init__(self, failure: Failed | None) -> None:
        super().__init__("The app did not start.")
        self.failure = failure


class Channel:
    """The control socket of one box, with the app that is alive in it, if any."""

    def __init__(self, control: socket.socket, *, running: int = 0) -> None:
        self.control = control
        self.app = running
        self.exited: Exited | None = None
        self._sending = threading.Lock()
        self._begun = self._start_seconds = 0.0

    def send_files(self, files: Mapping[str, str]) -> None:
        """Hand over the submission; nothing of it runs before `start`."""
        self._send({"op": "files", "files": dict(files)})

    def order_start(
        self,
        entry: str,
        limits: Limits,
        *,
        number: int,
        peers: Sequence[str] = (),
        environment: Mapping[str, str] = NOTHING,
    ) -> None:
        """Have a fresh app started, in place of the one before; `wait_until_ready` comes next.

        The app finds each of `peers` at the address in a variable of its environment: `MAIL_URL`
        for `mail`. What it sends there comes out at `line`.
        """
        self.app, self.exited = number, None
        self._begun, self._start_seconds = time.monotonic(), limits.start_seconds
        order = {"op": "start", "app": number, "entry": entry, "limits": limits.as_dict()}
        self._send(order | {"peers": list(peers), "environment": dict(environment)})

    def wait_until_ready(self) -> None:
        """Wait for the app that was ordered.

        Raises `DidNotStart`, or `BoxLost` when the box itself ended.
        """
        while (left := self._begun + self._start_seconds - time.monotonic()) > 0:
            try:
                frame = frames.receive(self.control, left)
            except TimeoutError:
                break
            if isinstance(frame, Ready) and frame.app == self.app:
                return
            if isinstance(frame, Failed) and frame.app == self.app:
                raise DidNotStart(frame)
        raise DidNotStart(None)

    def start(self, entry: str, limits: Limits, *, number: int) -> None:
        """Start a fresh app and wait until it is ready; raises as `wait_until_ready` does."""
        self.order_start(entry, limits, number=number)
        self.wait_until_ready()

    def connect(self) -> socket.socket:
        """A connection to the running app. Both ends are made here; the box gets one of them."""
        return self._hand_over({"op": "connect", "app": self.app})

    def line(self, peer: int, app: int) -> socket.socket:
        """Our end of a connection that this start of the app will make to a peer, some day."""
        return self._hand_over({"op": "line", "app": app, "peer": peer})

    def _send(self, order: dict[str, object], *descriptors: int) -> None:
        """Peers ask for lines from threads of their own: one order at a time."""
        with self._sending:
            frames.send(self.control, order, *descriptors)

    def _hand_over(self, order: dict[str, object]) -> socket.socket:
        ours, theirs = socket.socketpair()
        with theirs:
            self._send(order, theirs.fileno())
        return ours

    def signal(self, number: int) -> None:
        """Send the running app a signal; `why_gone` tells what came of it."""
        self._send({"op": "signal", "app": self.app, "signal": number})

    def look(self, file: str = "") -> Seen:
        """What the running app has printed so far, and the first bytes of one file, or one folder/, of its own."""
        order = {"op": "look", "app": self.app, "file": file, "bytes": frames.MAX_FILE_BYTES}
        self._send(order)
        return self._answer(Seen)

    def why_gone(self, seconds: float) -> Exited | None:
        """How the running app ended, waiting at most `seconds`; nothing if it is still alive."""
        deadline = time.monotonic() + seconds
        while self.exited is None:
            try:
                frame = frames.receive(self.control, max(deadline - time.monotonic(), 0.0))
            except TimeoutError:
                return None
            if isinstance(frame, Exited) and frame.app == self.app:
                self.exited = frame
        return self.exited

    def stop(self) -> Stopped:
        """Kill the running app and everything that it started; returns what it printed."""
        self._send({"op": "stop", "app": self.app})
        return self._answer(Stopped)

    def _answer(self, kind: type[Answer]) -> Answer:
        """The agent's answer about the running app; an ending that comes first is remembered."""
        deadline = time.monotonic() + ANSWER_SECONDS
        while (left := deadline - time.monotonic()) > 0:
            try:
                frame = frames.receive(self.control, left)
            except TimeoutError:
                break
            if isinstance(frame, kind) and frame.app == self.app:
                return frame
            if isinstance(frame, Exited) and frame.app == self.app:
                self.exited = frame
        raise BoxLost(f"The box's agent did not answer within {ANSWER_SECONDS:g} s.")
