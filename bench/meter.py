"""Measures what one round burns: a process of ours with its children, and Docker's side."""

from __future__ import annotations

from collections.abc import Callable

from bench.daemon import Daemon

STEADY_SECONDS = 4.0
SECONDS_OF_A_BURST_BOX = 3.0
"""How long the boxes of a burst may be busy, each."""


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
        """Seconds of ours and of Docker; the latter only if just one container was made."""
        # A pool puts a new box in the place of the used one, and that belongs to the cycle.
        self._daemon.wait_until_settled(len(self._living), self._containers + 1)
        own = self._own() - self._own_begun
        seen = self._daemon.containers() - self._containers
        disturbed = len(self._daemon.living()) != len(self._living) or seen != 1
        if disturbed or not self._daemon.is_here:
            return own, None
        return own, self._daemon.seconds() - self._docker_begun

    def read_many(self, boxes: int) -> tuple[float, float | None]:
        """The same after a burst, once the pool is at rest, which may have grown or shrunk by then.

        Docker's seconds are those of `boxes` containers, counted by how many were made in fact.
        """
        self._daemon.wait_until_steady(STEADY_SECONDS, boxes * SECONDS_OF_A_BURST_BOX)
        made = self._daemon.containers() - self._containers
        if not self._daemon.is_here or made == 0:
            return self._own() - self._own_begun, None
        docker = self._daemon.seconds() - self._docker_begun
        return self._own() - self._own_begun, docker * boxes / made
