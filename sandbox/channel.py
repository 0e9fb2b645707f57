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

    def __init__(self, failure: Failed | None, seconds: float) -> None:
        super().__init__("The app did not start.")
        self.failure = failure
        self.seconds = seconds


class Channel:
    """The control socket of one box, with the app that is alive in it, if any."""

    def __init__(self, control: socket.socket, *, running: int = 0) -> None:
        self.control = control
        self.app = running
        self.exited: Exited | None = None

    def send_files(self, files: Mapping[str, str]) -> None:
        """Hand over the submission; nothing of it runs before `start`."""
        frames.send(self.control, {"op": "files", "files": dict(files)})

    def start(self, entry: str, limits: Limits, *, number: int) -> float:
        """Start a fresh app and wait until it is ready; returns the seconds this took.

        Raises `DidNotStart`, or `BoxLost` when the box itself ended.
        """
        self.app, self.exited = number, None
        begin = time.monotonic()
        order = {"op": "start", "app": number, "entry": entry, "limits": limits.as_dict()}
        frames.send(self.control, order)
        while (left := begin + limits.start_seconds - time.monotonic()) > 0:
            try:
                frame = frames.receive(self.control, left)
            except TimeoutError:
                break
            if isinstance(frame, Ready) and frame.app == number:
                return time.monotonic() - begin
            if isinstance(frame, Failed) and frame.app == number:
                raise DidNotStart(frame, time.monotonic() - begin)
        raise DidNotStart(None, time.monotonic() - begin)

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
