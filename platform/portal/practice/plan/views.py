"""The plan's page as its owner sees it: the next thing first, then this week, then all that follows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby

from portal.practice.plan.outlook import Chosen, Outlook
from portal.practice.plan.schedule import Day, Part, Task, monday_of
from portal.practice.plan.words import (
    brief_words,
    part_words,
    spoken_date,
    spoken_day,
    spoken_weekdays,
)
from portal.practice.plan.work import NOTHING, Results
from portal.practice.tracks.effort import spoken
from portal.practice.tracks.tracks import Track

WEEK = timedelta(weeks=1)


@dataclass(frozen=True)
class PartView:
    """One part of a step on one day; its kind says where it leads."""

    kind: str
    words: str
    brief: str
    minutes: str
    is_again: bool


@dataclass(frozen=True)
class RowView:
    """A step on one day: what of it is due."""

    slug: str
    title: str
    why: str
    parts: list[PartView]
    minutes: str
    lost: list[str]
    is_optional: bool
    is_missed: bool
    is_first: bool
    """Whether it is the step's first day; there it can be skipped."""


@dataclass(frozen=True)
class DayView:
    """One day with something on it."""

    label: str
    is_today: bool
    is_late: bool
    minutes: str
    rows: list[RowView]


@dataclass(frozen=True)
class WeekView:
    """One week with something in it."""

    label: str
    is_this: bool
    done: str | None
    planned: str
    is_over: bool
    """One task alone is longer than a week has time."""
    days: list[DayView]


@dataclass(frozen=True)
class DoneView:
    """A step that is solved."""

    slug: str
    title: str
    solved_at: str
    quiz: str | None


@dataclass(frozen=True)
class NextView:
    """What to do now."""

    day: str
    is_today: bool
    row: RowView
    part: PartView


@dataclass(frozen=True)
class WayOut:
    """What would make a plan fit, as it is offered."""

    late_steps: int
    late: str
    is_over: bool
    hours: int | None
    goal_date: str | None
    goal_words: str | None
    optional: list[str]
    optional_is_enough: bool


@dataclass(frozen=True)
class PlanView:
    """Everything on the page."""

    track: str
    title: str
    goal: str
    days_left: int
    hours: int
    weekdays: str
    time_zone: str
    is_paused: bool
    paused_at: str | None
    solved: int
    total: int
    missed: int
    next: NextView | None
    weeks: list[WeekView]
    left: list[RowView]
    """Without days, while there is a break."""
    done: list[DoneView]
    skipped: list[tuple[str, str]]
    coming: int
    way_out: WayOut | None


def plan_view(track: Track, chosen: Chosen, results: Results, now: Outlook) -> PlanView:
    """The page of a plan that stands like this."""
    wanted = [step.slug for step in track.steps if step.slug not in chosen.skipped]
    rows = _Rows(track, results, now)
    weeks = list(_weeks(chosen, rows, now))
    return PlanView(
        track=track.name,
        title=track.title,
        goal=spoken_date(chosen.goal_date, now.today),
        days_left=(chosen.goal_date - now.today).days,
        hours=chosen.hours_per_week,
        weekdays=spoken_weekdays(chosen.weekdays),
        time_zone=chosen.time_zone,
        is_paused=chosen.paused_at is not None,
        paused_at=chosen.paused_at.isoformat() if chosen.paused_at else None,
        solved=sum(results.get(slug, NOTHING).is_solved for slug in wanted),
        total=len(wanted),
        missed=len(now.missed),
        next=_next(weeks),
        weeks=weeks,
        left=list(_Rows(track, results, now).of(now.left)) if chosen.paused_at else [],
        done=list(_done(track, results)),
        skipped=[(step.slug, step.title) for step in track.steps if step.slug in chosen.skipped],
        coming=track.coming,
        way_out=_way_out(track, chosen, now),
    )


class _Rows:
    """Makes rows, and knows which steps have had one already."""

    def __init__(self, track: Track, results: Results, now: Outlook) -> None:
        self.track = track
        self.results = results
        self.now = now
        self.seen: set[str] = set()

    def of(self, tasks: Sequence[Task]) -> Iterator[RowView]:
        """One row for each step among these tasks."""
        for slug, some in groupby(tasks, key=lambda task: task.step):
            step, parts = self.track.get(slug), list(some)
            if step is None:
                continue
            looks = any(task.is_again and task.part is Part.SOLVE for task in parts)
            yield RowView(
                slug=slug,
                title=step.title,
                why=step.why,
                parts=[part_view(task) for task in parts],
                minutes=spoken(sum(task.minutes for task in parts)),
                lost=list(self.results.get(slug, NOTHING).lost) if looks else [],
                is_optional=step.is_optional,
                is_missed=slug in self.now.missed,
                is_first=slug not in self.seen,
            )
            self.seen.add(slug)


def part_view(task: Task) -> PartView:
    """A task as it is shown."""
    return PartView(
        kind=task.part.value,
        words=part_words(task.part, task.is_again),
        brief=brief_words(task.part, task.is_again),
        minutes=spoken(task.minutes),
        is_again=task.is_again,
    )


def _weeks(chosen: Chosen, rows: _Rows, now: Outlook) -> Iterator[WeekView]:
    this = monday_of(now.today)
    names = {this: "This week", this + WEEK: "Next week"}
    most = chosen.pace.minutes_a_week
    for monday, some in groupby(now.days, key=lambda day: monday_of(day.date)):
        days = list(some)
        planned = sum(day.minutes for day in days)
        done = now.spent.this_week if monday == this else 0
        yield WeekView(
            label=names.get(monday) or f"Week of {spoken_date(monday, now.today)}",
            is_this=monday == this,
            done=spoken(done) if done else None,
            planned=spoken(planned),
            is_over=planned + done > most,
            days=[_day(chosen, rows, now, day) for day in days],
        )


def _day(chosen: Chosen, rows: _Rows, now: Outlook, day: Day) -> DayView:
    return DayView(
        label=spoken_day(day.date, now.today),
        is_today=day.date == now.today,
        is_late=day.date > chosen.goal_date,
        minutes=spoken(day.minutes),
        rows=list(rows.of(day.tasks)),
    )


def _next(weeks: Sequence[WeekView]) -> NextView | None:
    if not weeks:
        return None
    day = weeks[0].days[0]
    return NextView(day.label, day.is_today, day.rows[0], day.rows[0].parts[0])


def _done(track: Track, results: Results) -> Iterator[DoneView]:
    for step in track.steps:
        result = results.get(step.slug, NOTHING)
        if result.solved_at is not None:
            told = f"{result.quiz_right} of {result.quiz_count}" if result.quiz_at else None
            yield DoneView(step.slug, step.title, result.solved_at.isoformat(), told)


def _way_out(track: Track, chosen: Chosen, now: Outlook) -> WayOut | None:
    fit = now.fit
    if fit is None:
        return None
    return WayOut(
        late_steps=fit.late_steps,
        late=spoken(fit.late_minutes),
        is_over=chosen.goal_date < now.today,
        hours=fit.hours,
        goal_date=fit.goal_date.isoformat() if fit.goal_date else None,
        goal_words=spoken_date(fit.goal_date, now.today) if fit.goal_date else None,
        optional=[track.title_of(slug) for slug in fit.optional],
        optional_is_enough=fit.optional_is_enough,
    )
