"""One examination in a process of its own: locked in, then pytest, then gone."""

import os
import resource
import signal
import socket
import sys
from pathlib import Path

import pytest
from pydantic import BaseModel, ConfigDict

import graders
import sandbox
from graders import examination, fixtures, report
from graders.subject import Subject
from sandbox.channel import Channel
from sandbox.confine import lock_in
from sandbox.limits import MEGABYTE, Limits

MEMORY_MB = 1024
OPEN_FILES = 256


class Order(BaseModel):
    """What the worker asks for; `seed` makes every random input repeatable."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    suite: Path
    seed: int
    entry: str
    limits: Limits
    running: int
    only_collect: bool = False
    shuffle: bool = False
    files: tuple[str, ...] = ()


def run(order: Order, results: int, control: int | None) -> int:
    """Examine and return the exit code of this process (which proves nothing to anybody)."""
    _settle(order)
    subject = _subject(order, control)

    def say(line: report.Line) -> None:
        os.write(results, line.model_dump_json().encode() + b"\n")

    plugin = examination.Examination(
        say, order.limits, order.seed, subject, order.shuffle, order.files
    )
    examination.raise_on_alarm()
    options = ["--collect-only"] if order.only_collect else []
    code = pytest.main([*examination.arguments(str(order.suite)), *options], [plugin, fixtures])
    say(report.Finished())
    return int(code)


def _subject(order: Order, control: int | None) -> Subject | None:
    if control is None:
        return None
    channel = Channel(_adopt(control), running=order.running)
    return Subject(channel, order.entry, order.limits)


def _adopt(descriptor: int) -> socket.socket:
    return socket.socket(fileno=descriptor)


def _settle(order: Order) -> None:
    null = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(null, standard)
    seconds = int(order.limits.suite_seconds) + 10
    for kind, value in (
        (resource.RLIMIT_AS, MEMORY_MB * MEGABYTE),
        (resource.RLIMIT_NOFILE, OPEN_FILES),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (value, value))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    lock_in([order.suite, *interpreter_places()])


def interpreter_places() -> list[Path]:
    """What Python reads while it runs: the standard library, installed packages, our two floors."""
    ours = [Path(package.__path__[0]) for package in (graders, sandbox)]
    installed = [Path(p) for p in sys.path if p.endswith(("-packages", "lib-dynload"))]
    system = [Path(p) for p in ("/usr/lib", "/usr/share/zoneinfo", "/lib", "/lib64")]
    return [*ours, *installed, *system, Path(os.__file__).parent, Path("/dev/urandom")]
