"""Puts somebody's progress together from what they handed in, answered and asked for."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from graders.package import Package
from portal.models import Kind
from portal.practice.days import Zone
from portal.practice.progress import queries
from portal.practice.progress.heat import Activity, activity_of, written
from portal.practice.progress.mastery import Lost, Topic, mastery_of, most_lost, topics_of
from portal.practice.progress.next_step import NextStep, next_step
from portal.practice.progress.queries import Answered, HandedIn
from portal.practice.progress.quizzes import QuizBest, quizzes_of
from portal.practice.progress.stations import Level, best_of, levels_of, stations_of
from portal.practice.progress.streak import Streak, streak_of


@dataclass(frozen=True)
class Totals:
    """What it all adds up to."""

    solved: int
    challenges: int
    mastered: int
    requirements: int
    submissions: int
    runs: int
    quiz_tries: int
    hints: int


@dataclass(frozen=True)
class Progress:
    """Everything that the page and the report show; days are those of `zone`."""

    is_empty: bool
    today: date
    zone: Zone
    step: NextStep
    totals: Totals
    levels: list[Level]
    topics: list[Topic]
    lost: list[Lost]
    quizzes: list[QuizBest]
    streak: Streak
    activity: Activity

    @property
    def today_in_words(self) -> str:
        """The day that all of it was worked out on."""
        return written(self.today)

    def day_in_words(self, moment: datetime) -> str:
        """The day of a moment, where no script makes it the reader's own."""
        return written(self.zone.day(moment))


def progress_of(
    session: Session,
    person_id: uuid.UUID,
    packages: Sequence[Package],
    zone: Zone,
    now: datetime,
) -> Progress:
    """How far somebody has come until now."""
    rows = queries.handed_in(session, person_id)
    answers = queries.answered(session, person_id)
    hints = queries.hints_read(session, person_id)
    mastery = mastery_of(rows)
    stations = stations_of(packages, best_of(rows), mastery, hints)
    levels = levels_of(packages, stations)
    things = zone.days([*(row.at for row in rows), *(row.at for row in answers)])
    today = zone.day(now)
    return Progress(
        is_empty=not rows and not answers,
        today=today,
        zone=zone,
        step=next_step(packages, stations, latest_first(rows), mastery),
        totals=_totals(levels, rows, answers, sum(hints.values())),
        levels=levels,
        topics=topics_of(packages, mastery),
        lost=most_lost(packages, mastery),
        quizzes=quizzes_of(packages, answers),
        streak=streak_of(things, today),
        activity=activity_of(things, today),
    )


def latest_first(rows: Iterable[HandedIn]) -> list[str]:
    """The challenges that something was handed in for; rows come oldest first."""
    last = {row.challenge: row.at for row in rows}
    return sorted(last, key=lambda slug: last[slug], reverse=True)


def _totals(
    levels: Sequence[Level], rows: Sequence[HandedIn], answers: Sequence[Answered], hints: int
) -> Totals:
    stations = [station for level in levels for station in level.stations]
    kinds = Counter(row.kind for row in rows)
    return Totals(
        solved=sum(level.solved for level in levels),
        challenges=len(stations),
        mastered=sum(station.mastered for station in stations),
        requirements=sum(station.requirement_count for station in stations),
        submissions=kinds[Kind.SUBMISSION],
        runs=kinds[Kind.RUN],
        quiz_tries=len(answers),
        hints=hints,
    )
