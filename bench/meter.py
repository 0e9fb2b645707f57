"""Measures what one round burns: a process of ours with its children, and Docker's side."""

from __future__ import annotations

from collections.abc import Callable

from bench.daemon import Daemon


class Meter:
    """Opened before a round; read after it, when as many containers are there as before."""

    def __init__(self, own: Callable[[], float], daemon: Daemon) -> None:
        self._own = own
        self._daemon = daemon
        self._living = daemon.living()
        self._containers = daemon.containers()
        self._docker_begun = daemon.seconds()
        self._own_begun = own()

    def read(self) -> tuple[float, float | None]:
        """Seconds of ours and of Docker; the latter only if this round's container was alone."""
        # A pool puts a new box in the place of the used one, and that belongs to the cycle.
        self._daemon.wait_until_settled(len(self._living), self._containers + 1)
        own = self._own() - self._own_begun
        seen = self._daemon.containers() - self._containers
        disturbed = len(self._daemon.living()) != len(self._living) or seen != 1
        if disturbed or not self._daemon.is_here:
            return own, None
        return own, self._daemon.seconds() - self._docker_begun
