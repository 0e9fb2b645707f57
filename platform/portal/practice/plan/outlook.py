"""A plan worked out for today: its days, whether it fits before the goal, and what would make it fit.

Pure: everything follows from what was chosen, what was done, and the moment.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from portal.practice.plan import work
from portal.practice.plan.limits import MAX_HOURS, latest_goal
from portal.practice.plan.schedule import Day, Pace, Part, Spent, Task, schedule
from portal.practice.plan.work import Results
from portal.practice.tracks.tracks import Track

MINUTES = 60


@dataclass(frozen=True)
class Chosen:
    """What somebody has chosen; the only thing that is stored."""

    goal_date: date
    hours_per_week: int
    weekdays: frozenset[int]
    time_zone: str
    skipped: tuple[str, ...]
    started_at: datetime
    paused_at: datetime | None = None

    @property
    def pace(self) -> Pace:
        """The time there is."""
        return Pace(self.hours_per_week * MINUTES, self.weekdays)

    @property
    def zone(self) -> tzinfo:
        """Theirs; UTC if this server does not know it any more."""
        try:
            return ZoneInfo(self.time_zone)
        except (ZoneInfoNotFoundError, ValueError):
            return ZoneInfo("UTC")

    def day_of(self, moment: datetime) -> date:
        """The date that it is for them at this moment."""
        return moment.astimezone(self.zone).date()


@dataclass(frozen=True)
class Fit:
    """What does not fit before the goal date, and each way out that there is."""

    late_steps: int
    late_minutes: int
    hours: int | None
    """So many a week would do."""
    goal_date: date | None
    """By then all of it would be done."""
    optional: tuple[str, ...]
    """Steps that may be dropped."""
    optional_is_enough: bool


@dataclass(frozen=True)
class Outlook:
    """The plan as it stands today."""

    today: date
    days: tuple[Day, ...]
    left: tuple[Task, ...]
    """All that is to be done, in order; also while a break leaves the days empty."""
    spent: Spent
    missed: frozenset[str]
    """Steps that were due before today and are not solved."""
    fit: Fit | None


def outlook(track: Track, chosen: Chosen, results: Results, now: datetime) -> Outlook:
    """The plan from now on."""
    today = chosen.day_of(now)
    if chosen.paused_at:
        left = work.tasks(track, results, chosen.skipped, chosen.zone)
        return Outlook(today, (), tuple(left), Spent(), frozenset(), None)
    missed = _missed(track, chosen, results, today)
    left = work.tasks(track, results, chosen.skipped, chosen.zone, missed)
    spent = work.spent(track, results, chosen.started_at, today, chosen.zone)
    days = schedule(left, chosen.pace, today, spent)
    fit = _fit(track, chosen, left, days, today, spent)
    return Outlook(today, days, tuple(left), spent, missed, fit)


def _missed(track: Track, chosen: Chosen, results: Results, today: date) -> frozenset[str]:
    """What the plan had for the days before today, had nothing been done since, and is not solved."""
    began = chosen.started_at
    earlier = {slug: result.before(began) for slug, result in results.items()}
    promised = schedule(
        work.tasks(track, earlier, chosen.skipped, chosen.zone), chosen.pace, chosen.day_of(began)
    )
    due = {
        task.step
        for day in promised
        if day.date < today
        for task in day.tasks
        if task.part is Part.SOLVE
    }
    return frozenset(slug for slug in due if not results.get(slug, work.NOTHING).is_solved)


def _fit(
    track: Track,
    chosen: Chosen,
    left: Sequence[Task],
    days: Sequence[Day],
    today: date,
    spent: Spent,
) -> Fit | None:
    """Nothing when all of it fits."""
    late = [task for day in days if day.date > chosen.goal_date for task in day.tasks]
    if not late:
        return None
    open_slugs = {task.step for task in left}
    optional = tuple(s.slug for s in track.steps if s.is_optional and s.slug in open_slugs)
    rest = _without(left, optional)
    last = days[-1].date
    return Fit(
        late_steps=len({task.step for task in late}),
        late_minutes=sum(task.minutes for task in late),
        hours=_hours(left, chosen, today, spent),
        goal_date=last if last <= latest_goal(today) else None,
        optional=optional,
        optional_is_enough=_is_done(rest, chosen.pace, chosen.goal_date, today, spent),
    )


def _hours(left: Sequence[Task], chosen: Chosen, today: date, spent: Spent) -> int | None:
    """The fewest hours a week that do; nothing where no number of them does."""
    if today > chosen.goal_date:
        return None
    for hours in range(chosen.hours_per_week + 1, MAX_HOURS + 1):
        pace = replace(chosen.pace, minutes_a_week=hours * MINUTES)
        if _is_done(left, pace, chosen.goal_date, today, spent):
            return hours
    return None


def _is_done(left: Sequence[Task], pace: Pace, goal: date, today: date, spent: Spent) -> bool:
    days = schedule(left, pace, today, spent)
    return not days or days[-1].date <= goal


def _without(left: Sequence[Task], slugs: Collection[str]) -> list[Task]:
    return [task for task in left if task.step not in slugs]
