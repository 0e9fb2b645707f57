"""The machine's figures before and after: what an attack used up must come back."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil

from tests.attacks.harness.waiting import until_empty

PATIENCE_SECONDS = 60.0
MEGABYTE = 1024 * 1024
SPARE_DISK = 512 * MEGABYTE
SPARE_INODES = 20_000
SPARE_MEMORY = 1024 * MEGABYTE
SPARE_PROCESSES = 100
SPARE_DESCRIPTORS = 32  # connections to the daemon are kept for the next call
SPARE_SERVER_DESCRIPTORS = 4
SPARE_THREADS = 4
SPARE_DAEMON = 256 * MEGABYTE
"""What other work on the same machine may move meanwhile; what is ours alone is held tighter."""


@dataclass(frozen=True, slots=True)
class Vitals:
    """Free bytes and inodes by place, free memory, and what this process and its kin hold."""

    disk: dict[str, int]
    inodes: dict[str, int]
    memory: int
    processes: int
    threads: int
    descriptors: int
    server_descriptors: int
    daemon_memory: int

    def lost_since(self, before: Vitals) -> Iterator[str]:
        """What is further from the figures before than other work explains."""
        for place, free in before.disk.items():
            yield from _more(f"bytes used on {place}", free - self.disk[place], SPARE_DISK)
        for place, free in before.inodes.items():
            yield from _more(f"inodes used on {place}", free - self.inodes[place], SPARE_INODES)
        yield from _more("bytes of memory used", before.memory - self.memory, SPARE_MEMORY)
        grown = (
            ("processes", SPARE_PROCESSES),
            ("threads", SPARE_THREADS),
            ("descriptors", SPARE_DESCRIPTORS),
            ("server_descriptors", SPARE_SERVER_DESCRIPTORS),
            ("daemon_memory", SPARE_DAEMON),
        )
        for name, spare in grown:
            yield from _more(name, getattr(self, name) - getattr(before, name), spare)


def look(places: list[Path], server: int) -> Vitals:
    """The figures now; `server` is the process id of the examiner's fork server."""
    figures = {str(place): os.statvfs(place) for place in places}
    mine = psutil.Process()
    return Vitals(
        disk={place: f.f_bavail * f.f_frsize for place, f in figures.items()},
        inodes={place: f.f_favail for place, f in figures.items()},
        memory=psutil.virtual_memory().available,
        processes=len(psutil.pids()),
        threads=mine.num_threads(),
        descriptors=mine.num_fds(),
        server_descriptors=psutil.Process(server).num_fds(),
        daemon_memory=sum(_daemon_sizes()),
    )


def lost(before: Vitals, places: list[Path], server: int) -> list[str]:
    """What has not come back within a while."""
    return until_empty(lambda: list(look(places, server).lost_since(before)), PATIENCE_SECONDS)


def _more(what: str, number: int, spare: int) -> Iterator[str]:
    if number > spare:
        yield f"{number} more {what}, which is over {spare}"


def _daemon_sizes() -> Iterator[int]:
    for process in psutil.process_iter(["name", "memory_info"]):
        if process.info["name"] == "dockerd" and process.info["memory_info"]:
            yield process.info["memory_info"].rss
