"""Days in a row on which somebody practised."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Streak:
    """The run of days that still goes on, and the longest there ever was."""

    current: int
    longest: int
    has_today: bool


def streak_of(days: Collection[date], today: date) -> Streak:
    """A run goes on until a whole day was left out: today is not over yet."""
    practised = set(days)
    runs = {day: _length(practised, day) for day in practised if day + ONE_DAY not in practised}
    last = max((day for day in runs if day >= today - ONE_DAY), default=None)
    return Streak(
        current=runs[last] if last else 0,
        longest=max(runs.values(), default=0),
        has_today=today in practised,
    )


def _length(practised: set[date], end: date) -> int:
    """How many days in a row there are up to this one."""
    day = end
    while day in practised:
        day -= ONE_DAY
    return (end - day).days
