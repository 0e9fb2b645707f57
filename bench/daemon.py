"""Reads what the Docker daemon of this machine burns for a container, and the container itself.

A container is a child of its shim, which counts it once it has ended. The shim ends soon after,
and as a rule it is nobody's child who would count it. So a thread keeps its last figures.
"""

from __future__ import annotations

import threading
import time

import psutil

from bench import processor
from bench.processor import Books

DAEMONS = frozenset({"dockerd", "containerd"})
SHIM = "containerd-shim"
# The daemon runs the same program for these errands, waits for it, and so counts it.
ERRANDS = frozenset({"start", "delete"})
LOOK_SECONDS = 0.01
SETTLE_SECONDS = 8.0
# A process has its parent's name at first; so many looks later it has its own.
LOOKS_AT_A_NEW_PROCESS = 10


class Daemon:
    """The daemon's books, as far as they can be read: `is_here` is false when it is elsewhere."""

    def __init__(self) -> None:
        self._daemons = {p.pid for p in psutil.process_iter() if processor.name(p.pid) in DAEMONS}
        self._shims: dict[int, Books] = {}
        self._looks: dict[int, int] = {}
        self._ended_seconds = 0.0
        self._containers = 0
        self._lock = threading.Lock()
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="docker-books", daemon=True)
        if self.is_here:
            self._thread.start()

    @property
    def is_here(self) -> bool:
        """Whether the daemon runs on this machine."""
        return bool(self._daemons)

    def seconds(self) -> float:
        """What the daemon, its shims and what ran in their containers have burnt so far."""
        daemons = (processor.read(pid) for pid in self._daemons)
        with self._lock:
            shims = sum(books.seconds for books in self._shims.values())
            return shims + self._ended_seconds + sum(each.seconds for each in daemons if each)

    def containers(self) -> int:
        """How many containers have been seen, anybody's."""
        with self._lock:
            return self._containers

    def living(self) -> frozenset[int]:
        """The shims that are alive, one for each container."""
        with self._lock:
            return frozenset(pid for pid, books in self._shims.items() if books.is_alive)

    def wait_until_settled(self, living: int, seen: int, seconds: float = SETTLE_SECONDS) -> None:
        """Wait until so many containers live, and so many have been seen in all."""
        until = time.monotonic() + seconds
        while time.monotonic() < until and self.is_here:
            if len(self.living()) == living and self.containers() >= seen:
                return
            time.sleep(LOOK_SECONDS)

    def wait_until_steady(self, seconds: float, most_seconds: float) -> None:
        """Wait until no container has come or gone for `seconds`, but not for ever."""
        until = time.monotonic() + most_seconds
        steady_since, last = time.monotonic(), (self.living(), self.containers())
        while time.monotonic() < min(until, steady_since + seconds):
            time.sleep(LOOK_SECONDS)
            now = (self.living(), self.containers())
            if now != last:
                steady_since, last = time.monotonic(), now

    def close(self) -> None:
        """Stop looking."""
        self._over.set()
        if self.is_here:
            self._thread.join()

    def _watch(self) -> None:
        while not self._over.wait(LOOK_SECONDS):
            with self._lock:
                self._discover(psutil.pids())
                self._read()

    def _discover(self, present: list[int]) -> None:
        self._looks = {pid: self._looks.get(pid, 0) + 1 for pid in present}
        for pid, looks in self._looks.items():
            if looks <= LOOKS_AT_A_NEW_PROCESS and pid not in self._shims and self._is_shim(pid):
                self._containers += 1
                self._shims[pid] = Books(0, 0.0, True)

    def _is_shim(self, pid: int) -> bool:
        if not processor.name(pid).startswith(SHIM):
            return False
        words, books = processor.arguments(pid), processor.read(pid)
        if not words or words[-1] in ERRANDS or books is None:
            return False
        return books.parent not in self._shims

    def _read(self) -> None:
        for pid, last in list(self._shims.items()):
            books = processor.read(pid)
            if books is not None:
                self._shims[pid] = books
                continue
            del self._shims[pid]
            if last.parent not in self._daemons:
                self._ended_seconds += last.seconds
