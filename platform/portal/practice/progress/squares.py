"""Draws the days of the calendar; a quiet day looks the same for everybody and is drawn once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from markupsafe import Markup

from portal.render import ENVIRONMENT

SQUARE = ENVIRONMENT.get_template("practice/progress/square.html")
LEFT, TOP, PITCH = 25, 18, 13
"""Where the first square is, and how far it is to the next one."""
# A year of quiet days takes 364; the others have numbers that come again as well.
KEPT = 4096


@dataclass(frozen=True)
class Day:
    """One square: its place, how full it is, and what it says."""

    week: int
    weekday: int
    size: int
    words: str

    @property
    def x(self) -> int:
        """Weeks go from left to right."""
        return LEFT + self.week * PITCH

    @property
    def y(self) -> int:
        """Days go from top to bottom."""
        return TOP + self.weekday * PITCH


def drawn(days: Iterable[Day]) -> Markup:
    """The squares of these days."""
    return Markup().join(map(_square, days))


@lru_cache(KEPT)
def _square(day: Day) -> Markup:
    return Markup(SQUARE.render(day=day))  # noqa: S704  (rendered by the template, which escapes)
