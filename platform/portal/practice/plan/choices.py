"""Reads what somebody chose for their plan: every mistake is named, and nothing typed is lost."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TypeVar
from zoneinfo import ZoneInfo

from portal.errors import BadInput, FieldError
from portal.practice.plan import limits
from portal.practice.plan.zones import zones
from portal.practice.tracks.tracks import Track, Tracks

Read = TypeVar("Read")
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
LONGEST_NUMBER = 4
NOT_ALL = "The plan is not saved yet. What is marked needs another value; the rest is still here."


@dataclass(frozen=True)
class Typed:
    """The form as it was sent."""

    track: str = ""
    begin: str = ""
    goal_date: str = ""
    hours_per_week: str = ""
    time_zone: str = ""
    weekdays: Sequence[str] = ()


@dataclass(frozen=True)
class Choices:
    """The same, understood and within all limits."""

    track: Track
    begin: str
    goal_date: date
    hours_per_week: int
    time_zone: str
    weekdays: tuple[int, ...]


def read_choices(typed: Typed, tracks: Tracks, now: datetime) -> Choices:
    """Everything at once; raises `BadInput` with a sentence for each field that is wrong."""
    wrong: dict[str, str] = {}
    track = tracks.find(typed.track)
    if track is None:
        wrong["track"] = "Choose one of these tracks."
    elif not track.steps:
        wrong["track"] = "The challenges of this track are still to come. Choose another one."
    if typed.time_zone not in zones():
        wrong["time_zone"] = "Choose a time zone from the list."
    zone = ZoneInfo(typed.time_zone) if "time_zone" not in wrong else UTC
    today = now.astimezone(zone).date()
    goal = _noted(wrong, "goal_date", lambda: read_goal(typed.goal_date, today))
    hours = _noted(wrong, "hours_per_week", lambda: read_hours(typed.hours_per_week))
    known = {str(number): number for number in range(len(WEEKDAYS))}
    days = sorted({known[each] for each in typed.weekdays if each in known})
    if len(days) < len(set(typed.weekdays)):
        wrong["weekday"] = "Choose from the days of the week, or none for all of them."
    if wrong or track is None or goal is None or hours is None:
        raise BadInput(NOT_ALL, tuple(FieldError(*each) for each in wrong.items()))
    begin = typed.begin if track.get(typed.begin) else ""
    return Choices(track, begin, goal, hours, typed.time_zone, tuple(days or known.values()))


def read_goal(text: str, today: date) -> date:
    """A goal date within its bounds; raises `BadInput`."""
    try:
        goal = date.fromisoformat(text.strip())
    except ValueError:
        raise BadInput(limits.NO_DATE) from None
    if not limits.earliest_goal(today) <= goal <= limits.latest_goal(today):
        raise BadInput(limits.goal_out_of_bounds(today))
    return goal


def read_hours(text: str) -> int:
    """Hours a week within their bounds; raises `BadInput`."""
    text = text.strip()
    is_number = text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER
    if not is_number or not limits.MIN_HOURS <= int(text) <= limits.MAX_HOURS:
        raise BadInput(limits.HOURS)
    return int(text)


def _noted(wrong: dict[str, str], field: str, read: Callable[[], Read]) -> Read | None:
    """What was read, or nothing and a note of why not."""
    try:
        return read()
    except BadInput as error:
        wrong[field] = error.detail
        return None
