"""How many boxes of one kind are wanted at a time, by what was asked for lately."""

from collections import deque

TOGETHER_SECONDS = 20.0
"""Boxes asked for within this time of each other are a burst: one could not have been remade."""

REMEMBERED_SECONDS = 900.0
REMEMBERED_TIMES = 500


class Demand:
    """Remembers when boxes were asked for; times are seconds of one clock, never going back."""

    def __init__(self) -> None:
        self._times: deque[float] = deque(maxlen=REMEMBERED_TIMES)

    def record(self, now: float) -> None:
        """Somebody has asked for a box."""
        self._times.append(now)

    def biggest_burst(self, now: float) -> int:
        """The most that were asked for together in the last quarter of an hour."""
        while self._times and now - self._times[0] > REMEMBERED_SECONDS:
            self._times.popleft()
        biggest, together = 0, deque[float]()
        for each in self._times:
            together.append(each)
            while each - together[0] > TOGETHER_SECONDS:
                together.popleft()
            biggest = max(biggest, len(together))
        return biggest
