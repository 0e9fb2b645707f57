"""Slows down what must not be done without end, by email and by address, and only for a while."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from portal.errors import TooManyTries

MAX_REMEMBERED = 10_000


@dataclass(frozen=True)
class Limits:
    """How often something may be done at once, and how long one waits from then on.

    A whole classroom may sit behind one address; one email belongs to one person.
    """

    by_email: int
    by_address: int
    first_wait_seconds: float
    longest_wait_seconds: float
    forget_after_seconds: float
    reason: str


WRONG_PASSWORDS = Limits(
    by_email=5,
    by_address=50,
    first_wait_seconds=1,
    # Short enough that a stranger who guesses all day cannot keep a person out of an interview.
    longest_wait_seconds=30,
    forget_after_seconds=15 * 60,
    reason="There were many wrong passwords in a row.",
)
MAILS = Limits(
    by_email=3,
    by_address=100,
    first_wait_seconds=60,
    longest_wait_seconds=15 * 60,
    forget_after_seconds=60 * 60,
    reason="Several mails have just been asked for from here or to this address.",
)

Key = tuple[str, str]


@dataclass
class Tries:
    """How many there were in a row, and until when the next one has to wait."""

    count: int
    last_at: float
    wait_until: float


class Throttle:
    """Lives in the portal's memory: losing it in a restart costs at most a few tries."""

    def __init__(
        self, clock: Callable[[], float] = time.monotonic, limits: Limits = WRONG_PASSWORDS
    ) -> None:
        self._clock = clock
        self._limits = limits
        self._tries: dict[Key, Tries] = {}
        self._lock = threading.Lock()

    def check(self, email: str, address: str) -> None:
        """Refuse a try that comes too early; a refused try makes nothing longer."""
        with self._lock:
            now = self._clock()
            wait = max(self._wait(key, now) for key in self._free(email, address))
        if wait > 0:
            raise TooManyTries(math.ceil(wait), self._limits.reason)

    def count(self, email: str, address: str) -> None:
        """Remember a try that counts."""
        with self._lock:
            now = self._clock()
            for key, free in self._free(email, address).items():
                self._add(key, free, now)
            self._forget(now)

    def succeeded(self, email: str) -> None:
        """The person is here; the address stays counted, or one's own account would reset it."""
        with self._lock:
            self._tries.pop(("email", email), None)

    def _wait(self, key: Key, now: float) -> float:
        tries = self._tries.get(key)
        return tries.wait_until - now if tries else 0

    def _add(self, key: Key, free: int, now: float) -> None:
        # Taken out and put in again, so the dictionary is in order of the last try.
        before = self._tries.pop(key, None)
        fresh = before is None or now - before.last_at > self._limits.forget_after_seconds
        count = 1 if before is None or fresh else before.count + 1
        over = count - free
        grown = self._limits.first_wait_seconds * 2.0 ** min(over, 10)
        wait = min(grown, self._limits.longest_wait_seconds) if over >= 0 else 0
        self._tries[key] = Tries(count, now, now + wait)

    def _forget(self, now: float) -> None:
        while self._tries:
            key, oldest = next(iter(self._tries.items()))
            if len(self._tries) <= MAX_REMEMBERED and (
                now - oldest.last_at <= self._limits.forget_after_seconds
            ):
                return
            del self._tries[key]

    def _free(self, email: str, address: str) -> dict[Key, int]:
        return {
            ("email", email): self._limits.by_email,
            ("address", address): self._limits.by_address,
        }
