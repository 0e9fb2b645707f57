"""The app under examination: started afresh as often as the suite wants, and why it ended."""

import socket

from graders.client import AppProblem, Deadline
from graders.orders import FreshApp
from sandbox.channel import Channel, DidNotStart
from sandbox.errors import BoxLost
from sandbox.frames import Exited
from sandbox.limits import Limits

WHY_SECONDS = 0.5


class AppRestartFailed(AppProblem):
    """The app had started before, and did not start again for this check."""


class Subject:
    """Holds the channel to the box; the first start has already happened when it gets here."""

    def __init__(self, channel: Channel, entry: str, limits: Limits, fresh_app: FreshApp) -> None:
        self._channel = channel
        self._entry = entry
        self._limits = limits
        self._fresh_app = fresh_app
        self._used = False
        self._spoilt = False
        self._ordered = False
        self.deadline = Deadline()

    def be_ready(self) -> None:
        """Make sure that the running app is as fresh as the next test may expect.

        Raises `AppRestartFailed`, or `BoxLost` when the box itself ended.
        """
        if self._used and not self._ordered and not self._still_good():
            self._order()
        if self._ordered:
            self._ordered = False
            try:
                self._channel.wait_until_ready()
            except DidNotStart as error:
                raise AppRestartFailed("The app did not start again for this check.") from error
        self._used = True

    def release(self) -> None:
        """The test is over and another one follows: its app may start while we write."""
        if self._used and not self._ordered and self._fresh_app == "test":
            self._order()

    def spoil(self) -> None:
        """A test did not pass: whatever that did to the app, the next one gets another."""
        self._spoilt = True

    def _still_good(self) -> bool:
        return self._fresh_app == "suite" and not self._spoilt and self.ending(seconds=0) is None

    def _order(self) -> None:
        self._spoilt, self._ordered = False, True
        self._channel.order_start(self._entry, self._limits, number=self._channel.app + 1)

    def connect(self) -> socket.socket:
        """A new connection to the app."""
        return self._channel.connect()

    def ending(self, seconds: float = WHY_SECONDS) -> Exited | None:
        """How the app ended by itself during this test, if it did."""
        try:
            return self._channel.why_gone(seconds)
        except BoxLost:
            return None
