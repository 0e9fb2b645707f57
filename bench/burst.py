"""Twenty submissions at the same moment: how long the last ones wait, and what they must wait."""

from __future__ import annotations

import os
import statistics
import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import httpx

from bench.exercise import Exercise
from bench.figures import high, median, ratio, rounded
from bench.meter import STEADY_SECONDS
from bench.running import LOOK_SECONDS, hand_in, look_at, moment
from bench.site import Platform

SIZE = 20
PATIENCE_SECONDS = 180.0
FILLING_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Burst:
    """Seconds from each POST to its stored verdict, from the first POST to the last verdict, and
    what all of it burnt: `None` where that cannot be told.
    """

    seconds: tuple[float, ...]
    span: float
    own_cpu_seconds: float
    docker_cpu_seconds: float | None
    processors: int

    @property
    def cpu_seconds(self) -> float | None:
        """Everything that was burnt for all of them, making and removing boxes included."""
        if self.docker_cpu_seconds is None:
            return None
        return self.own_cpu_seconds + self.docker_cpu_seconds

    @property
    def allowed(self) -> float | None:
        """When the last verdict would be there if the processors did nothing else all the time."""
        return None if self.cpu_seconds is None else self.cpu_seconds / self.processors

    @property
    def allowed_p95(self) -> float | None:
        """The 95th percentile of verdicts that come evenly over that time."""
        if self.allowed is None:
            return None
        size = len(self.seconds)
        return high([self.allowed * number / size for number in range(1, size + 1)])

    @property
    def per_minute(self) -> float:
        """Verdicts, as long as it lasted."""
        return 60 * len(self.seconds) / self.span


def prepare(platform: Platform, task: Exercise) -> Burst:
    """A first burst, from which the pool learns how big they are; wait until it is full again.

    Its processor time is no measure: it made boxes that are there for the next one.
    """
    first = once(platform, task)
    platform.daemon.wait_until_steady(STEADY_SECONDS, FILLING_SECONDS)
    return first


def once(platform: Platform, task: Exercise, size: int = SIZE) -> Burst:
    """Hand in `size` times at once, and look whether every one of them passed."""
    meter = platform.meter()
    start = threading.Barrier(size)

    def post(_number: int) -> tuple[float, str]:
        with platform.assay.client(platform.token) as client:
            client.get("/healthz").raise_for_status()  # the connection is there before the burst
            start.wait()
            return time.time(), hand_in(client, task.package.slug, task.files)

    with ThreadPoolExecutor(size) as crowd:
        posts = list(crowd.map(post, range(size)))
    with platform.assay.client(platform.token) as client:
        stored = [_stored(platform, client, location) for _sent, location in posts]
    own, docker = meter.read_many(boxes=size)
    waited = tuple(end - sent for (sent, _location), end in zip(posts, stored, strict=True))
    span = max(stored) - min(sent for sent, _location in posts)
    return Burst(waited, span, own, docker, os.cpu_count() or 1)


def summarised(first: Burst, bursts: Sequence[Burst]) -> dict[str, Any]:
    """The medians over all bursts, then each of them, and the one that nobody was ready for."""
    each = [_figures(burst) for burst in bursts]
    medians = {name: median(figures[name] for figures in each) for name in each[0]}
    unprepared = {name: _figures(first)[name] for name in ("p50", "p95", "per_minute")}
    return {"size": len(first.seconds), **medians, "bursts": each, "unprepared": unprepared}


def _figures(burst: Burst) -> dict[str, float | None]:
    p95 = high(burst.seconds)
    cpu, allowed, allowed_p95 = burst.cpu_seconds, burst.allowed, burst.allowed_p95
    return {
        "p50": rounded(statistics.median(burst.seconds)),
        "p95": rounded(p95),
        "cpu_seconds": None if cpu is None else rounded(cpu / len(burst.seconds)),
        "allowed": None if allowed is None else rounded(allowed),
        "allowed_p95": None if allowed_p95 is None else rounded(allowed_p95),
        "p95_vs_cpu": ratio(p95, allowed_p95),
        "per_minute": rounded(burst.per_minute),
    }


def _stored(platform: Platform, client: httpx.Client, location: str) -> float:
    """Ask now and then, which costs the machine next to nothing, until the verdict is there."""
    until = time.monotonic() + PATIENCE_SECONDS
    while (row := look_at(client, location))["state"] != "done":
        if time.monotonic() > until:
            raise platform.assay.failure(f"No verdict of a burst within {PATIENCE_SECONDS:g} s.")
        time.sleep(LOOK_SECONDS)
    platform.require_passed(row)
    return moment(row, "stored")
