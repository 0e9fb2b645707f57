"""The app under examination: a fresh start per test, and why it ended if it did."""

import socket

from graders.client import AppProblem, Deadline
from sandbox.channel import Channel, DidNotStart
from sandbox.errors import BoxLost
from sandbox.frames import Exited
from sandbox.limits import Limits

WHY_SECONDS = 0.5


class AppRestartFailed(AppProblem):
    """The app had started before, and did not start again for this check."""


class Subject:
    """Holds the channel to the box; the first start has already happened when it gets here."""

    def __init__(self, channel: Channel, entry: str, limits: Limits) -> None:
        self._channel = channel
        self._entry = entry
        self._limits = limits
        self._fresh = True
        self.deadline = Deadline()

    def start_fresh(self) -> None:
        """Make sure that the running app has served nobody yet."""
        if self._fresh:
            self._fresh = False
            return
        try:
            self._channel.start(self._entry, self._limits, number=self._channel.app + 1)
        except DidNotStart as error:
            raise AppRestartFailed("The app did not start again for this check.") from error

    def connect(self) -> socket.socket:
        """A new connection to the app."""
        return self._channel.connect()

    def ending(self) -> Exited | None:
        """How the app ended by itself during this test, if it did."""
        try:
            return self._channel.why_gone(WHY_SECONDS)
        except BoxLost:
            return None
