"""How long the parts of a challenge take: reading its guide page, solving it, and its quiz."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass

from graders.errors import BrokenPackage
from graders.package import Package

logger = logging.getLogger(__name__)

WORDS_A_MINUTE = 150
"""Of a text with code in it."""
QUESTIONS_A_MINUTE = 1


@dataclass(frozen=True)
class Effort:
    """Minutes for each part; nothing for a part that is not there."""

    read: int
    solve: int
    quiz: int

    @property
    def total(self) -> int:
        """All of it."""
        return self.read + self.solve + self.quiz


def effort_of(package: Package) -> Effort:
    """What one challenge takes; a part that its author has to mend is left out, the log says why."""
    words = _readable(lambda: len(package.guide.split()))
    questions = _readable(lambda: len(package.quiz))
    return Effort(
        read=-(-words // WORDS_A_MINUTE),
        solve=package.description.minutes,
        quiz=-(-questions // QUESTIONS_A_MINUTE),
    )


def spoken(minutes: int) -> str:
    """A length as people say it: 45 min, 1 h 20 min, 12 h."""
    hours, rest = divmod(minutes, 60)
    return " ".join(
        ([f"{hours} h"] if hours else []) + ([f"{rest} min"] if rest or not hours else [])
    )


def _readable(count: Callable[[], int]) -> int:
    try:
        return count()
    except BrokenPackage as error:
        logger.error("A part of a challenge is left out of plans: %s", error)
        return 0
