"""`python -m bench`: every way in turn, round after round, then one table and one JSON file.

At the end a portal alone, with much data: the time that its pages take, and many event streams.

ROUNDS (7) and BURSTS (2) say how often, CHALLENGE (twelve-checks) with which challenge's first
right solution, and BENCH_OUT (bench.json) where the figures go.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

from bench import burst, exercise, pages, streams, summary, table
from bench.burst import Burst
from bench.daemon import Daemon
from bench.engine import Engine
from bench.errors import BenchError, NotHere
from bench.exercise import Exercise
from bench.floor import Floor
from bench.grade import Grade
from bench.host import HostPytest
from bench.judge import DockerPytest
from bench.meter import STEADY_SECONDS
from bench.portal_alone import PortalAlone
from bench.sample import Sample, Way
from bench.site import Platform
from bench.warm import Warm
from graders.errors import GradersError
from sandbox.choice import choose, say_aloud
from sandbox.errors import BoxUnavailable, SandboxError

DEFAULT_ROUNDS = 7
DEFAULT_BURSTS = 2
DEFAULT_OUT = "bench.json"
INTERRUPTED = 130
NEED_DOCKER = frozenset(way.name for way in (DockerPytest, Engine, Warm, Grade, Platform))


def main() -> int:
    """Measure and report; returns the exit code."""
    # Whoever ends us politely ends the platform that we have started as well.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        document = measure(_number("ROUNDS", DEFAULT_ROUNDS), _number("BURSTS", DEFAULT_BURSTS))
        document |= measure_portal()
    except (BenchError, GradersError, SandboxError) as error:
        print(f"The benchmark could not be finished. {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return INTERRUPTED
    print("\n".join(table.lines(document)))
    out = Path(os.environ.get("BENCH_OUT") or DEFAULT_OUT)
    out.write_text(json.dumps(document, indent=2) + "\n")
    print(f"\nWritten to {out}.")
    return 0


def measure(rounds: int, bursts: int) -> dict[str, object]:
    """All ways take turns, so that a noisy minute is noisy for each of them; then the bursts."""
    with contextlib.ExitStack() as stack:
        task = exercise.load()
        daemon = Daemon()
        stack.callback(daemon.close)
        ways, left_out = _ways(stack, task, daemon)
        samples: dict[str, list[Sample]] = {way.name: [] for way in ways}
        for number in range(rounds + 1):
            for way in ways:
                sample = way.once(number)
                # The first round fills caches and is not counted.
                if number:
                    samples[way.name].append(sample)
            say_aloud(f"Round {number} of {rounds}." if number else "Everything is warm.")
        platform = next((way for way in ways if isinstance(way, Platform)), None)
        waves = [] if platform is None else _bursts(platform, task, bursts)
        titles = {way.name: way.title for way in ways}
        return summary.document(task.package.slug, samples, titles, waves, left_out)


def measure_portal() -> dict[str, object]:
    """What a portal process does by itself, without grading anything."""
    portal = PortalAlone(pages.PEOPLE, pages.SUBMISSIONS)
    try:
        say_aloud("A portal with much data is there.")
        return {"pages": pages.measure(portal), "streams": streams.measure(portal)}
    finally:
        portal.close()


def _bursts(platform: Platform, task: Exercise, number: int) -> list[Burst]:
    bursts = [burst.prepare(platform, task)]
    for each in range(1, number + 1):
        bursts.append(burst.once(platform, task))
        platform.daemon.wait_until_steady(STEADY_SECONDS, burst.FILLING_SECONDS)
        say_aloud(f"Burst {each} of {number}.")
    return bursts


def _ways(
    stack: contextlib.ExitStack, task: Exercise, daemon: Daemon
) -> tuple[list[Way], list[str]]:
    """The ways that can be gone on this machine, and why others cannot."""
    makers: dict[str, Callable[[], Way]] = {
        HostPytest.name: lambda: HostPytest(task),
        DockerPytest.name: lambda: DockerPytest(task, daemon),
        Engine.name: lambda: Engine(daemon),
        Warm.name: lambda: Warm(daemon),
        Grade.name: lambda: Grade(task, daemon),
        Platform.name: lambda: Platform(task, daemon),
        Floor.name: Floor,
    }
    ways: list[Way] = []
    left_out: list[str] = []
    for name, make in makers.items():
        try:
            if name in NEED_DOCKER:
                choose("docker")
            way = make()
        except (NotHere, BoxUnavailable) as error:
            left_out.append(f"Left out: {name}. {error}")
            say_aloud(left_out[-1])
        else:
            stack.callback(way.close)
            ways.append(way)
    return ways, left_out


def _number(name: str, default: int) -> int:
    text = os.environ.get(name) or str(default)
    if not text.isdecimal() or int(text) < 1:
        raise BenchError(f"{name} is {text!r}. Give a whole number from 1.")
    return int(text)


if __name__ == "__main__":
    sys.exit(main())
