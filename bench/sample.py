"""One measured round of one way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Sample:
    """Seconds from handover to verdict; processor seconds of the whole cycle, tidying included.

    `docker_cpu_seconds` is the container and the daemon's work for it: `None` where it cannot be
    told, because the daemon is elsewhere or was busy with somebody else's container as well.
    """

    seconds: float
    own_cpu_seconds: float
    docker_cpu_seconds: float | None = 0.0
    parts: Mapping[str, float] = field(default_factory=dict)

    @property
    def cpu_seconds(self) -> float | None:
        """Everything that was burnt for this verdict."""
        if self.docker_cpu_seconds is None:
            return None
        return self.own_cpu_seconds + self.docker_cpu_seconds


class Way(Protocol):
    """One way from a submission to a verdict."""

    name: str
    title: str

    def once(self, seed: int) -> Sample:
        """Do it once, warm in whatever this way keeps warm. Raises `BenchError`."""
        ...

    def close(self) -> None:
        """End what was started for it."""
        ...
