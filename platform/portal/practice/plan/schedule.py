"""Puts tasks on days: a pure function of what is left, how much time there is, and today.

It keeps to the order it is given and to these rules: no week has more minutes than chosen, unless one
task alone is longer than a week; nothing comes before what it builds on; nothing lies in the past.
"""

from __future__ import annotations

import enum
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count

DAY = timedelta(days=1)
WEEK = timedelta(weeks=1)


class Part(enum.StrEnum):
    """What there is to do in a step."""

    READ = "read"
    SOLVE = "solve"
    QUIZ = "quiz"


@dataclass(frozen=True)
class Task:
    """One thing to do at a time."""

    step: str
    part: Part
    minutes: int
    after: frozenset[tuple[str, Part]] = frozenset()
    """What has to come before it, if that is still to be done: always earlier in the list."""
    leads_to: int = 0
    """Minutes of what should follow on the same day, where there is room."""
    not_before: date = date.min
    is_again: bool = False
    """A second look at what was done and not right yet."""

    @property
    def key(self) -> tuple[str, Part]:
        """Its name: a step has each part once."""
        return self.step, self.part


@dataclass(frozen=True)
class Pace:
    """How much time there is."""

    minutes_a_week: int
    weekdays: frozenset[int]

    @property
    def minutes_a_day(self) -> float:
        """An even share; a day may take more where a task is long."""
        return self.minutes_a_week / len(self.weekdays)


@dataclass(frozen=True)
class Spent:
    """What was done already, today and since Monday."""

    today: int = 0
    this_week: int = 0


@dataclass(frozen=True)
class Day:
    """What is to be done on one day."""

    date: date
    tasks: tuple[Task, ...]

    @property
    def minutes(self) -> int:
        """All of it."""
        return sum(task.minutes for task in self.tasks)


def monday_of(day: date) -> date:
    """The first day of its week."""
    return day - DAY * day.weekday()


def schedule(
    tasks: Sequence[Task], pace: Pace, today: date, spent: Spent | None = None
) -> tuple[Day, ...]:
    """The days from today on that have something on them."""
    queue = list(tasks)
    days: list[Day] = []
    spent = spent or Spent()
    for number in count():
        if not queue:
            return tuple(days)
        monday = monday_of(today) + number * WEEK
        dates = [monday + DAY * weekday for weekday in sorted(pace.weekdays)]
        days += _week(queue, [each for each in dates if each >= today], pace, spent, today)
        spent = Spent()
    raise AssertionError("there is always another week")


def _week(
    queue: list[Task], dates: Sequence[date], pace: Pace, spent: Spent, today: date
) -> Iterator[Day]:
    """Take from the queue what fits into these days of one week."""
    left = pace.minutes_a_week - spent.this_week
    # Days that have passed take their share with them: what was missed moves on, it does not pile up.
    share = pace.minutes_a_day * len(dates)
    for place, day in enumerate(dates):
        used = spent.today if day == today else 0
        goal = share / (len(dates) - place) - used
        is_fresh = left == pace.minutes_a_week
        taken = list(_day(queue, day, goal, left, used=used, is_fresh=is_fresh))
        minutes = sum(task.minutes for task in taken)
        left -= minutes
        share -= minutes + used
        if taken:
            yield Day(day, tuple(taken))


def _day(
    queue: list[Task], day: date, goal: float, left: int, *, used: int, is_fresh: bool
) -> Iterator[Task]:
    """Take from the queue, in order, what fits into one day."""
    taken = 0
    steps: set[str] = set()
    while (task := _next(queue, day)) is not None:
        fits = task.minutes <= left - taken or (is_fresh and not taken)
        # A step that a day begins with may be finished on it, though it is longer than its share.
        begins = not used and steps <= {task.step}
        if not fits or not (begins or taken + task.minutes + task.leads_to <= goal):
            return
        queue.remove(task)
        taken += task.minutes
        steps.add(task.step)
        yield task


def _next(queue: Sequence[Task], day: date) -> Task | None:
    """The first that may be done by now: neither too early nor before what it builds on."""
    open_keys = {task.key for task in queue}
    return next(
        (task for task in queue if task.not_before <= day and not task.after & open_keys), None
    )
