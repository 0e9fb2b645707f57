"""Measures what one round burns: a process of ours with its children, and Docker's side."""

from __future__ import annotations

from collections.abc import Callable

from bench.daemon import SETTLE_SECONDS, Daemon

BOX_SECONDS = 1.5
"""How much longer it takes to settle for every further box."""


class Meter:
    """Opened before a round; read after it, when as many containers are there as before."""

    def __init__(self, own: Callable[[], float], daemon: Daemon) -> None:
        self._own = own
        self._daemon = daemon
        self._living = daemon.living()
        self._containers = daemon.containers()
        self._docker_begun = daemon.seconds()
        self._own_begun = own()

    def read(self, boxes: int = 1) -> tuple[float, float | None]:
        """Seconds of ours and of Docker; the latter only if just `boxes` containers were made."""
        # A pool puts a new box in the place of the used one, and that belongs to the cycle.
        seconds = SETTLE_SECONDS + (boxes - 1) * BOX_SECONDS
        self._daemon.wait_until_settled(len(self._living), self._containers + boxes, seconds)
        own = self._own() - self._own_begun
        seen = self._daemon.containers() - self._containers
        disturbed = len(self._daemon.living()) != len(self._living) or seen != boxes
        if disturbed or not self._daemon.is_here:
            return own, None
        return own, self._daemon.seconds() - self._docker_begun
