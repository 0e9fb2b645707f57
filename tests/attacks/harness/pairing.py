"""Hands a sample and its neighbour over in the same moment, and remembers their containers."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from sandbox.backends.docker import DockerBox, DockerSandbox
from sandbox.box import Box
from sandbox.limits import Limits

PATIENCE_SECONDS = 300.0
MADE_AT_ONCE = 2
"""Boxes that come into being at a time: the limits are meant for a machine that is not drowning."""


@dataclass
class Pair:
    """Boxes that wait for each other, by the ids of their containers."""

    parties: int = 2
    containers: list[str] = field(default_factory=list)
    barrier: threading.Barrier = field(init=False)

    def __post_init__(self) -> None:
        self.barrier = threading.Barrier(self.parties)


class PairingSandbox:
    """The real sandbox; who belongs to a pair gets a box when the other one has one too."""

    name = DockerSandbox.name
    isolates = DockerSandbox.isolates

    def __init__(self, sandbox: DockerSandbox) -> None:
        self._sandbox = sandbox
        self._mine = threading.local()
        self._making = threading.Semaphore(MADE_AT_ONCE)

    @contextmanager
    def as_one_of(self, pair: Pair) -> Iterator[None]:
        """What this thread opens meanwhile belongs to `pair`."""
        self._mine.pair = pair
        try:
            yield
        except BaseException:
            pair.barrier.abort()
            raise

    def open(self, runtime: str, limits: Limits) -> Box:
        with self._making:
            box = self._sandbox.open(runtime, limits)
        assert isinstance(box, DockerBox)
        pair: Pair = self._mine.pair
        try:
            pair.containers.append(box._identity)
            pair.barrier.wait(PATIENCE_SECONDS)
        except BaseException:
            box.close()
            raise
        return box

    def prepare(self) -> None:
        self._sandbox.prepare()

    def close(self) -> None:
        """The real sandbox belongs to whoever made it."""
