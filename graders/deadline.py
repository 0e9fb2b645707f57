"""One wall-clock deadline for all that a test does with the app."""

import time

from graders.app_problem import NoAnswerInTime


class Deadline:
    """One point in time, moved at the start of every phase of a test."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self._at = 0.0

    def restart(self, seconds: float) -> None:
        """The deadline is now `seconds` away."""
        self.seconds = seconds
        self._at = time.monotonic() + seconds

    def left(self) -> float:
        """Seconds left; raises `NoAnswerInTime` when there are none."""
        left = self._at - time.monotonic()
        if left <= 0:
            raise NoAnswerInTime(f"No complete answer within {self.seconds:g} s.")
        return left
