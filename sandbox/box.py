"""A box as the floors above see it: a channel, facts and figures; how it is made stays below."""

import select
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from types import TracebackType
from typing import Protocol

from sandbox.channel import Channel
from sandbox.limits import Limits
from sandbox.usage import Usage


@dataclass(frozen=True, slots=True)
class BoxFacts:
    """What the box is made of; goes to the fairness card."""

    sandbox: str
    image: str
    python: str
    fastapi: str


class Box(AbstractContextManager["Box"]):
    """One box for one submission, used once; leaving the context destroys it."""

    facts: BoxFacts
    channel: Channel
    when_closed: Callable[[], None] = staticmethod(lambda: None)
    """Called once, when the box rests or has been given up."""

    def usage(self) -> Usage:
        """What has been used so far, by the kernel's books."""
        raise NotImplementedError

    def hits(self) -> Usage:
        """How often limits were hit so far; the other figures may be missing, so this is cheap."""
        return self.usage()

    def alive(self) -> bool:
        """Whether the agent still holds its end of the channel; before any order it is silent."""
        readable, _, _ = select.select([self.channel.control], [], [], 0)
        return not readable

    def rest(self) -> None:
        """It will be there for long and mostly wait: from now on nobody makes room for its work."""
        told, self.when_closed = self.when_closed, lambda: None
        told()

    def close(self) -> None:
        """Destroy the box and all that runs in it; calling it again does nothing."""
        raise NotImplementedError

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


class Sandbox(Protocol):
    """A way to make boxes; one that does not isolate is for its owner's own code."""

    name: str
    isolates: bool

    def prepare(self) -> None:
        """Everything slow that the first box would wait for, such as building images, and tidying."""
        ...

    def open(self, runtime: str, limits: Limits) -> Box:
        """A warm box that waits for files. Raises `SandboxError` when none can be had."""
        ...

    def close(self) -> None:
        """Let go of everything that this sandbox holds on its own account."""
        ...
