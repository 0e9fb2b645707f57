"""Slows down guessing of passwords, by email and by address, and never for longer than a moment."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from portal.errors import TooManyTries

# A whole classroom may sit behind one address; one email belongs to one person.
FREE_FAILURES_BY_EMAIL = 5
FREE_FAILURES_BY_ADDRESS = 50
# Short enough that a stranger who guesses all day cannot keep a person out of an interview.
LONGEST_WAIT_SECONDS = 30
FORGET_AFTER_SECONDS = 15 * 60
MAX_REMEMBERED = 10_000

Key = tuple[str, str]


@dataclass
class Failures:
    """Wrong passwords in a row, and until when the next try has to wait."""

    count: int
    last_at: float
    wait_until: float


class Throttle:
    """Lives in the portal's memory: losing it in a restart costs at most a few guesses."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._failures: dict[Key, Failures] = {}
        self._lock = threading.Lock()

    def check(self, email: str, address: str) -> None:
        """Refuse a try that comes too early; a refused try makes nothing longer."""
        with self._lock:
            now = self._clock()
            wait = max(self._wait(key, now) for key in _limits(email, address))
        if wait > 0:
            raise TooManyTries(math.ceil(wait))

    def failed(self, email: str, address: str) -> None:
        """Remember a wrong password."""
        with self._lock:
            now = self._clock()
            for key, free in _limits(email, address).items():
                self._count(key, free, now)
            self._forget(now)

    def succeeded(self, email: str) -> None:
        """The person is here; the address stays counted, or one's own account would reset it."""
        with self._lock:
            self._failures.pop(("email", email), None)

    def _wait(self, key: Key, now: float) -> float:
        failures = self._failures.get(key)
        return failures.wait_until - now if failures else 0

    def _count(self, key: Key, free: int, now: float) -> None:
        # Taken out and put in again, so the dictionary is in order of the last failure.
        before = self._failures.pop(key, None)
        fresh = before is None or now - before.last_at > FORGET_AFTER_SECONDS
        count = 1 if before is None or fresh else before.count + 1
        over = count - free
        wait = min(2.0 ** min(over, 10), LONGEST_WAIT_SECONDS) if over >= 0 else 0
        self._failures[key] = Failures(count, now, now + wait)

    def _forget(self, now: float) -> None:
        while self._failures:
            key, oldest = next(iter(self._failures.items()))
            if len(self._failures) <= MAX_REMEMBERED and (
                now - oldest.last_at <= FORGET_AFTER_SECONDS
            ):
                return
            del self._failures[key]


def _limits(email: str, address: str) -> dict[Key, int]:
    return {
        ("email", email): FREE_FAILURES_BY_EMAIL,
        ("address", address): FREE_FAILURES_BY_ADDRESS,
    }
