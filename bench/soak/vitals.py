"""What the platform holds while nothing is to be done, and how much more of it is too much."""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import psutil

from bench import processor
from sandbox.backends.container import LABEL_OWNER
from sandbox.backends.docker import connect

PATIENCE_SECONDS = 60.0
PAUSE_SECONDS = 0.5
MEGABYTE = 1024 * 1024
SERVER = "graders.examiner_server"
DAEMON = "dockerd"
DAEMONS = frozenset({DAEMON, "containerd"})

# How much each may have grown: what Python's allocator and a connection kept open explain, and
# for what is not ours alone, what others on the same machine may do meanwhile.
MOST_PORTAL_MB = 12.0
MOST_WORKER_MB = 16.0
MOST_EXAMINER_MB = 4.0
MOST_DAEMON_MB = 96.0
MOST_PORTAL_DESCRIPTORS = 4.0
MOST_WORKER_DESCRIPTORS = 4.0
MOST_EXAMINER_DESCRIPTORS = 2.0
MOST_DAEMON_DESCRIPTORS = 32.0
MOST_PROCESSES = 2.0
MOST_DISK_MB = 256.0

BOUNDS = {
    "portal, memory (MB)": MOST_PORTAL_MB,
    "worker, memory (MB)": MOST_WORKER_MB,
    "examiner, memory (MB)": MOST_EXAMINER_MB,
    "dockerd, memory (MB)": MOST_DAEMON_MB,
    "portal, descriptors": MOST_PORTAL_DESCRIPTORS,
    "worker, descriptors": MOST_WORKER_DESCRIPTORS,
    "examiner, descriptors": MOST_EXAMINER_DESCRIPTORS,
    "dockerd, descriptors": MOST_DAEMON_DESCRIPTORS,
    "processes of the platform": MOST_PROCESSES,
    "disk in use (MB)": MOST_DISK_MB,
}

Figures = Mapping[str, float]


class Vitals:
    """Looks at one running platform; `boxes` is the folder where its control folders come and go."""

    def __init__(self, supervisor: int, boxes: Path, places: Iterable[Path]) -> None:
        self._supervisor = psutil.Process(supervisor)
        self._boxes = boxes
        self._places = [place for place in places if place.exists()]

    def at_rest(self, waiting_boxes: int) -> Figures:
        """The figures once the pool is full and nothing else is left, or when patience is over.

        One look is no moment: a box that was still being made while descriptors were counted may be
        ready when containers are. So the figures are those of the look after one that found rest.
        """
        until = time.monotonic() + PATIENCE_SECONDS
        was_at_rest = False
        while True:
            is_at_rest = self._is_at_rest(figures := self.look(), waiting_boxes)
            if (is_at_rest and was_at_rest) or time.monotonic() > until:
                return figures
            was_at_rest = is_at_rest
            time.sleep(PAUSE_SECONDS)

    def look(self) -> Figures:
        """The figures now."""
        family = self._supervisor.children(recursive=True)
        found: dict[str, float] = {}
        for name, process in self._parts(family).items():
            found[f"{name}, memory (MB)"] = process.memory_info().rss / MEGABYTE
            found[f"{name}, descriptors"] = process.num_fds()
        return found | {
            "processes of the platform": len(family),
            "zombies": len(list(_zombies(family))),
            "containers": self._containers(family),
            "control folders": sum(1 for _ in self._boxes.glob("*/*")),
            "disk in use (MB)": sum(map(_used, self._places)) / MEGABYTE,
        }

    def _parts(self, family: list[psutil.Process]) -> dict[str, psutil.Process]:
        """The processes that have a name of their own here; dockerd may be elsewhere."""
        parts = {}
        for process in family:
            words = processor.arguments(process.pid)
            if words[-3:-1] == ["-m", "portal"]:
                parts[words[-1]] = process
            elif SERVER in words and process.ppid() == parts["worker"].pid:
                parts["examiner"] = process
        for process in psutil.process_iter():
            if processor.name(process.pid) == DAEMON:
                parts[DAEMON] = process
        return parts

    def _containers(self, family: list[psutil.Process]) -> int:
        owners = tuple(f"{socket.gethostname()}/{process.pid}@" for process in family)
        client = connect()
        try:
            known = client.api.containers(all=True, filters={"label": LABEL_OWNER})
        finally:
            client.close()
        return sum(each["Labels"][LABEL_OWNER].startswith(owners) for each in known)

    def _is_at_rest(self, figures: Figures, waiting_boxes: int) -> bool:
        left = figures["zombies"] + figures["control folders"]
        return figures["containers"] == waiting_boxes and not left


def grown(before: Figures, after: Figures, waiting_boxes: int) -> Iterator[str]:
    """What grew by more than it may, and what should not be there at all."""
    if after["containers"] != waiting_boxes:
        yield f"containers: {after['containers']:g} are there, {waiting_boxes} should wait"
    for name in ("control folders", "zombies"):
        if after[name]:
            yield f"{name}: {after[name]:g} are left"
    for name in sorted(before.keys() ^ after.keys()):
        yield f"{name}: it could be read only once"
    for name, most in BOUNDS.items():
        more = after.get(name, 0) - before.get(name, 0)
        if more > most:
            yield f"{name}: {more:.1f} more than before, at most {most:g} are explained"


def _zombies(family: Iterable[psutil.Process]) -> Iterator[int]:
    """Ended processes of which nobody takes notice, ours or below Docker's daemons."""
    ours = {process.pid for process in family}
    for pid in psutil.pids():
        books = processor.read(pid)
        if books is not None and not books.is_alive:
            parent = processor.name(books.parent)
            if pid in ours or books.parent in ours or parent in DAEMONS:
                yield pid


def _used(place: Path) -> int:
    figures = os.statvfs(place)
    return (figures.f_blocks - figures.f_bfree) * figures.f_frsize
