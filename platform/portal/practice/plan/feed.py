"""The plan as an iCalendar file (RFC 5545): whole days, nothing about the person, the same each time."""

from __future__ import annotations

import hashlib
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby

from icalendar import Calendar, Event

from portal.practice.plan.outlook import Chosen, Outlook
from portal.practice.plan.schedule import Task
from portal.practice.plan.words import part_words
from portal.practice.tracks.effort import spoken
from portal.practice.tracks.tracks import Track

PRODUCT = "-//Assay//Study plan//EN"
NAME = "Assay study plan"
REFRESH = timedelta(hours=4)
DAY = timedelta(days=1)
GOAL = "goal"


def calendar(
    plan_id: uuid.UUID, track: Track | None, chosen: Chosen, now: Outlook | None, address: Address
) -> bytes:
    """The file. There is always an event, the goal: the format has no calendar without any."""
    made = Calendar()
    made.add("prodid", PRODUCT)
    made.add("version", "2.0")
    made.add("name", NAME)
    made.add("x-wr-calname", NAME)
    made.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    made.add("x-published-ttl", REFRESH, parameters={"VALUE": "DURATION"})
    # The day and not the second, so that the file only changes when the plan does.
    stamp = datetime.combine(now.today if now else chosen.goal_date, time(), UTC)
    if track is not None and now is not None:
        for event in _steps(plan_id, track, now, address):
            event.add("dtstamp", stamp)
            made.add_component(event)
    goal = _event(plan_id, GOAL, chosen.goal_date)
    title = track.title if track else "study plan"
    goal.add("summary", f"Goal: {title}{' (plan paused)' if chosen.paused_at else ''}")
    goal.add("url", address("plan:index"))
    goal.add("dtstamp", stamp)
    made.add_component(goal)
    content: bytes = made.to_ical()
    return content


def etag_of(content: bytes) -> str:
    """Names this very content."""
    return f'"{hashlib.sha256(content).hexdigest()[:32]}"'


def _steps(plan_id: uuid.UUID, track: Track, now: Outlook, address: Address) -> Iterator[Event]:
    """An event for each step on each of its days; its id stays when the day changes."""
    times: Counter[str] = Counter()
    for day in now.days:
        for slug, some in groupby(day.tasks, key=lambda task: task.step):
            tasks = list(some)
            times[slug] += 1
            event = _event(plan_id, f"{slug} {times[slug]}", day.date)
            minutes = spoken(sum(task.minutes for task in tasks))
            event.add("summary", f"{track.title_of(slug)} ({minutes})")
            event.add("description", "\n".join(map(_line, tasks)))
            event.add("url", address("workspace:room", slug=slug))
            yield event


def _event(plan_id: uuid.UUID, name: str, day: date) -> Event:
    event = Event()
    event.add("uid", f"{uuid.uuid5(plan_id, name)}@assay")
    event.add("dtstart", day)
    event.add("dtend", day + DAY)
    event.add("transp", "TRANSPARENT")
    return event


def _line(task: Task) -> str:
    return f"{part_words(task.part, task.is_again)}, {spoken(task.minutes)}"


Address = Callable[..., str]
"""Makes the whole address of a page from its route."""
