"""The activity of a year as two blocks of weeks, of which a phone shows the newer one."""

from __future__ import annotations

import calendar
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import groupby

from markupsafe import Markup

from portal.practice.progress.squares import Day, drawn

BLOCK_WEEKS = 26
BLOCKS = 2
WEEK = timedelta(weeks=1)
DAYS_OF_WEEK = 7
STEPS = (1, 3, 6, 10)
"""From how many things on a day its square grows."""
# A month's name needs this many weeks beside the next one's.
LABEL_WEEKS = 3
MONTHS, WEEKDAYS = tuple(calendar.month_name), tuple(calendar.day_name)
CACHED_BLOCKS = 8


@dataclass(frozen=True)
class Block:
    """Half a year, week by week."""

    title: str
    summary: str
    days: list[Day]
    months: list[tuple[int, str]]
    """In which week each month's name stands."""

    @property
    def squares(self) -> Markup:
        """All days, drawn."""
        return drawn(self.days)


@dataclass(frozen=True)
class Month:
    """A row of the same data as a table."""

    title: str
    active_days: int
    things: int


@dataclass(frozen=True)
class Activity:
    """All of it; the older block comes first."""

    blocks: list[Block]
    months: list[Month]
    active_days: int
    things: int
    legend: list[tuple[int, str]]


def activity_of(things: Mapping[date, int], today: date) -> Activity:
    """The last 52 weeks up to today; the week that is going on is the last of them."""
    monday = today - timedelta(days=today.weekday())
    first = monday - WEEK * (BLOCK_WEEKS * BLOCKS - 1)
    shown = {day: n for day, n in things.items() if first <= day <= today}
    starts = [first + WEEK * BLOCK_WEEKS * place for place in range(BLOCKS)]
    return Activity(
        blocks=[_block(shown, start, today) for start in starts],
        months=_months(shown, first, today),
        active_days=len(shown),
        things=sum(shown.values()),
        legend=[(0, "none"), *_legend()],
    )


def written(day: date) -> str:
    """A day in words."""
    return f"{day.day} {MONTHS[day.month]} {day.year}"


def _block(things: Mapping[date, int], start: date, today: date) -> Block:
    last = min(today, start + WEEK * BLOCK_WEEKS - timedelta(days=1))
    days = list(_quiet_days(start)[: (last - start).days + 1])
    active = {day: number for day, number in things.items() if start <= day <= last}
    for day, number in active.items():
        days[(day - start).days] = _day(start, day, number)
    total = sum(active.values())
    return Block(
        title=f"Activity from {written(start)} to {written(last)}",
        summary=f"{_counted(total, 'thing')} done on {_counted(len(active), 'day')}.",
        days=days,
        months=list(_labels(start)),
    )


@lru_cache(CACHED_BLOCKS)
def _quiet_days(start: date) -> tuple[Day, ...]:
    """The days of a block as long as nothing was done: the same for everybody."""
    days = (start + timedelta(days=n) for n in range(BLOCK_WEEKS * DAYS_OF_WEEK))
    return tuple(_day(start, day, 0) for day in days)


def _day(start: date, day: date, number: int) -> Day:
    week, weekday = divmod((day - start).days, DAYS_OF_WEEK)
    size = sum(number >= step for step in STEPS)
    told = f"{number or 'Nothing'} on {WEEKDAYS[weekday]}, {written(day)}"
    return Day(week, weekday, size, told)


def _labels(start: date) -> Iterator[tuple[int, str]]:
    """Each month's name over its first week, unless it would stand in the next one's way."""
    mondays = [start + WEEK * week for week in range(BLOCK_WEEKS)]
    for month, some in groupby(enumerate(mondays), key=lambda each: each[1].month):
        weeks = list(some)
        if len(weeks) >= LABEL_WEEKS:
            yield weeks[0][0], MONTHS[month][:3]


def _months(things: Mapping[date, int], first: date, today: date) -> list[Month]:
    """Month by month, the newest first; those in which nothing was done as well."""
    totals: Counter[tuple[int, int]] = Counter()
    active: Counter[tuple[int, int]] = Counter()
    for day, number in things.items():
        totals[day.year, day.month] += number
        active[day.year, day.month] += 1
    mondays = (first + WEEK * n for n in range(BLOCK_WEEKS * BLOCKS))
    every = dict.fromkeys((day.year, day.month) for day in (*mondays, today))
    return [
        Month(f"{MONTHS[month[1]]} {month[0]}", active[month], totals[month])
        for month in reversed(every)
    ]


def _legend() -> Iterator[tuple[int, str]]:
    for size, (low, high) in enumerate(zip(STEPS, (*STEPS[1:], None), strict=True), start=1):
        yield size, f"{low} or more" if high is None else f"{low} to {high - 1}"


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
