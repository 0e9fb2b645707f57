"""How a plan speaks of days, parts and weekdays."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

from portal.practice.plan.choices import WEEKDAYS
from portal.practice.plan.schedule import Part

WORDS = {Part.READ: "Read the guide page", Part.SOLVE: "Solve it", Part.QUIZ: "Take the quiz"}
AGAIN = {Part.SOLVE: "Second look", Part.QUIZ: "Quiz again"}
BRIEF = {Part.READ: "guide", Part.SOLVE: "challenge", Part.QUIZ: "quiz"}
BRIEF_AGAIN = {Part.SOLVE: "second look", Part.QUIZ: "quiz again"}
DAY = timedelta(days=1)
SHORT = 3


def part_words(part: Part, is_again: bool) -> str:
    """What a button or an event calls a part."""
    return AGAIN.get(part, WORDS[part]) if is_again else WORDS[part]


def brief_words(part: Part, is_again: bool) -> str:
    """The same in a row of parts."""
    return BRIEF_AGAIN.get(part, BRIEF[part]) if is_again else BRIEF[part]


def spoken_day(day: date, today: date) -> str:
    """Today, Tomorrow, or Mon 7 Dec; with the year where it is another one."""
    near = {today: "Today", today + DAY: "Tomorrow"}
    return near.get(day) or spoken_date(day, today)


def spoken_date(day: date, today: date) -> str:
    """Mon 7 Dec; with the year where it is another one."""
    year = f" {day.year}" if day.year != today.year else ""
    return f"{WEEKDAYS[day.weekday()][:SHORT]} {day.day} {day:%b}{year}"


def spoken_weekdays(chosen: Collection[int]) -> str:
    """On which days there is time."""
    if len(chosen) == len(WEEKDAYS):
        return "any day"
    return ", ".join(WEEKDAYS[each][:SHORT] for each in sorted(chosen))
