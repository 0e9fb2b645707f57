"""Right solutions of somebody else, one after the other, for as long as samples are graded."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from graders.verdict import Result
from tests.attacks.harness.boxes import Queue, WatchedSandbox

STREAMS = 2
"""While one neighbour is examined the box of the next one is made, so that one is always there."""

PATIENCE_SECONDS = 120.0


@dataclass(frozen=True, slots=True)
class Visit:
    """One neighbour: from handing over to the verdict, or to what failed on our side."""

    begun: float
    ended: float
    result: Result | Exception


class Neighbours:
    """Grades a right solution over and over, and remembers when that was and how it went."""

    def __init__(self, sandbox: WatchedSandbox, grade: Callable[[], Result]) -> None:
        self.visits: list[Visit] = []
        self._sandbox = sandbox
        self._grade = grade
        self._queue = Queue(threading.Semaphore(1), self._take_turn)
        self._changed = threading.Condition()
        self._here_since: float | None = None

    def keep_coming(self, is_wanted: Callable[[], bool]) -> None:
        """Come again as long as that is so; several threads take turns."""
        while is_wanted():
            self.come()

    def come(self) -> Visit:
        """One visit, after the one before has ended."""
        asked = time.monotonic()
        with self._sandbox.standing_in(self._queue) as stay:
            try:
                result: Result | Exception = self._grade()
            except Exception as error:  # noqa: BLE001  (told by the samples that were here)
                result = error
        with self._changed:
            visit = Visit(stay.begun or asked, time.monotonic(), result)
            self.visits.append(visit)
            if stay.begun is not None:
                self._here_since = None
            self._changed.notify_all()
        return visit

    def wait_for_one(self) -> float:
        """A moment at which a neighbour is being examined."""
        with self._changed:
            self._wait_until(lambda: self._here_since is not None)
            return time.monotonic()

    def between(self, begun: float, ended: float) -> tuple[Visit, ...]:
        """Everybody who was here at some moment of that time; waits for the last one's verdict."""
        with self._changed:
            self._wait_until(lambda: self._here_since is None or self._here_since > ended)
            return met(self.visits, begun, ended)

    def _take_turn(self) -> float:
        with self._changed:
            self._wait_until(lambda: self._here_since is None)
            self._here_since = time.monotonic()
            self._changed.notify_all()
            return self._here_since

    def _wait_until(self, is_so: Callable[[], bool]) -> None:
        if not self._changed.wait_for(is_so, PATIENCE_SECONDS):
            raise TimeoutError("The neighbours have come to a halt.")


def met(visits: Iterable[Visit], begun: float, ended: float) -> tuple[Visit, ...]:
    """Those that share at least one moment with that time."""
    return tuple(visit for visit in visits if visit.begun <= ended and visit.ended >= begun)
