"""The app under examination: started afresh as often as the suite wants, and why it ended."""

import socket
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import PurePosixPath

from graders.app_problem import AppProblem
from graders.deadline import Deadline
from graders.evidence import Evidence
from graders.orders import FreshApp
from graders.peer import Peer
from graders.peer_lines import PeerLines
from sandbox.channel import NOTHING, Channel, DidNotStart
from sandbox.errors import BoxLost
from sandbox.frames import Exited, Seen
from sandbox.limits import Limits

WHY_SECONDS = 0.5


class AppRestartFailed(AppProblem):
    """The app had started before, and did not start again for this check."""


class Subject:
    """Holds the channel to the box; the first start has already happened when it gets here."""

    def __init__(
        self,
        channel: Channel,
        entry: str,
        limits: Limits,
        fresh_app: FreshApp,
        peers: Sequence[str] = (),
    ) -> None:
        self._channel = channel
        self._entry = entry
        self._limits = limits
        self._fresh_app = fresh_app
        self._used = False
        self._spoilt = False
        self._ordered = False
        self.deadline = Deadline()
        self.evidence = Evidence()
        self.peers = {name: Peer(name, self.deadline, self.evidence) for name in peers}
        self._lines: list[PeerLines] = []
        self._give_lines()

    def be_ready(self) -> None:
        """Make sure that the running app is as fresh as the next test may expect.

        Raises `AppRestartFailed`, or `BoxLost` when the box itself ended.
        """
        if self._used and not self._ordered and not self._still_good():
            self._order()
        if self._ordered:
            self._wait()
        self._used = True

    def _wait(self) -> None:
        self._ordered = False
        try:
            self._channel.wait_until_ready()
        except DidNotStart as error:
            raise AppRestartFailed("The app did not start again for this check.") from error

    def restart(self, environment: Mapping[str, str]) -> None:
        """Start the app anew now, with these variables; the next test gets a plain one again."""
        self._order(environment)
        self._wait()
        self._used = self._spoilt = True

    def stop(self) -> str:
        """Kill the app; returns what it printed."""
        self._spoilt = True
        self._cut_lines()
        return self._channel.stop().output

    def signal(self, number: int) -> None:
        """Send the app a signal."""
        self._spoilt = True
        self._channel.signal(number)

    def look(self, file: str = "") -> Seen:
        """What the app has printed so far, and a file of its folder, or the names in a folder/."""
        if PurePosixPath(file).is_absolute() or ".." in PurePosixPath(file).parts:
            raise ValueError(f"{file!r} is not a path in the folder of the app.")
        return self._channel.look(file)

    def begin(self) -> None:
        """Another test: its peers have neither script nor memory."""
        self.evidence.begin()
        for peer in self.peers.values():
            peer.begin()

    def release(self) -> None:
        """The test is over and another one follows: its app may start while we write."""
        if self._used and not self._ordered and self._fresh_app == "test":
            self._order()

    def spoil(self) -> None:
        """A test did not pass: whatever that did to the app, the next one gets another."""
        self._spoilt = True

    def _still_good(self) -> bool:
        return self._fresh_app == "suite" and not self._spoilt and self.ending(seconds=0) is None

    def _order(self, environment: Mapping[str, str] = NOTHING) -> None:
        self._spoilt, self._ordered = False, True
        self._cut_lines()
        self._channel.order_start(
            self._entry,
            self._limits,
            number=self._channel.app + 1,
            peers=tuple(self.peers),
            environment=environment,
        )
        self._give_lines()

    def _give_lines(self) -> None:
        """Ready before the app is: it may call its peers while it starts."""
        app = self._channel.app
        self._lines = [
            PeerLines(peer, partial(self._channel.line, place, app))
            for place, peer in enumerate(self.peers.values())
        ]

    def _cut_lines(self) -> None:
        for lines in self._lines:
            lines.close()

    def connect(self) -> socket.socket:
        """A new connection to the app."""
        return self._channel.connect()

    def ending(self, seconds: float = WHY_SECONDS) -> Exited | None:
        """How the app ended by itself during this test, if it did."""
        try:
            return self._channel.why_gone(seconds)
        except BoxLost:
            return None
