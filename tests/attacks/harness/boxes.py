"""The real sandbox, watched: whose containers are whose, and when what lies in them may begin."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from sandbox.backends.docker import DockerBox, DockerSandbox
from sandbox.box import Box
from sandbox.limits import Limits


@dataclass(frozen=True, slots=True)
class Queue:
    """How many of a kind are made at a time, and what each waits for once it is made."""

    making: threading.Semaphore
    wait_to_begin: Callable[[], float]
    """Returns the moment from which on it may begin."""


@dataclass(slots=True)
class Stay:
    """What one thread got: the ids of its containers, and when the last one was handed out."""

    containers: list[str] = field(default_factory=list)
    begun: float | None = None


class WatchedSandbox:
    """The same boxes; a thread says in which queue it stands and learns which were its own."""

    name = DockerSandbox.name
    isolates = DockerSandbox.isolates

    def __init__(self, sandbox: DockerSandbox) -> None:
        self._sandbox = sandbox
        self._mine = threading.local()

    @contextmanager
    def standing_in(self, queue: Queue) -> Iterator[Stay]:
        """What this thread opens meanwhile comes from `queue`."""
        self._mine.queue, self._mine.stay = queue, Stay()
        yield self._mine.stay

    def open(self, runtime: str, limits: Limits) -> Box:
        queue: Queue = self._mine.queue
        stay: Stay = self._mine.stay
        with queue.making:
            box = self._sandbox.open(runtime, limits)
        assert isinstance(box, DockerBox)
        stay.containers.append(box._identity)
        try:
            stay.begun = queue.wait_to_begin()
        except BaseException:
            box.close()
            raise
        return box

    def prepare(self) -> None:
        self._sandbox.prepare()

    def close(self) -> None:
        """The real sandbox belongs to whoever made it."""
