"""Orders to one box: start a fresh app, connect to it, stop it.

Whoever holds the channel commands the box: first the grader, then the examiner.
"""

import socket
import time
from collections.abc import Mapping

from sandbox import frames
from sandbox.errors import BoxLost
from sandbox.frames import Exited, Failed, Ready, Stopped
from sandbox.limits import Limits

STOP_SECONDS = 5.0


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
        self._begun = self._start_seconds = 0.0

    def send_files(self, files: Mapping[str, str]) -> None:
        """Hand over the submission; nothing of it runs before `start`."""
        frames.send(self.control, {"op": "files", "files": dict(files)})

    def order_start(self, entry: str, limits: Limits, *, number: int) -> None:
        """Have a fresh app started, in place of the one before; `wait_until_ready` comes next."""
        self.app, self.exited = number, None
        self._begun, self._start_seconds = time.monotonic(), limits.start_seconds
        order = {"op": "start", "app": number, "entry": entry, "limits": limits.as_dict()}
        frames.send(self.control, order)

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
        ours, theirs = socket.socketpair()
        with theirs:
            order: dict[str, object] = {"op": "connect", "app": self.app}
            frames.send(self.control, order, theirs.fileno())
        return ours

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
        frames.send(self.control, {"op": "stop", "app": self.app})
        deadline = time.monotonic() + STOP_SECONDS
        while (left := deadline - time.monotonic()) > 0:
            try:
                frame = frames.receive(self.control, left)
            except TimeoutError:
                break
            if isinstance(frame, Stopped) and frame.app == self.app:
                return frame
        raise BoxLost(f"The box did not stop its app within {STOP_SECONDS:g} s.")
