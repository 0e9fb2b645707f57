"""What is left to do in a track, and in which order: pure, from the track and the results so far."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, tzinfo

from graders.package import FULL_SCORE
from portal.practice.plan.schedule import Part, Spent, Task, monday_of
from portal.practice.tracks.tracks import Step, Track

LEAST_LOOK = 10
"""Minutes of the shortest second look at a challenge."""
ROUND_TO = 5
LATER = timedelta(days=1)
"""A second look is worth more after a night."""


@dataclass(frozen=True)
class Result:
    """What somebody has done with one challenge; moments are in UTC."""

    solved_at: datetime | None = None
    tried_at: datetime | None = None
    score: int | None = None
    lost: tuple[str, ...] = ()
    """The requirements that the best submission lost, by their titles."""
    quiz_at: datetime | None = None
    quiz_right: int = 0
    quiz_count: int = 0

    @property
    def is_solved(self) -> bool:
        """Whether it has had all points."""
        return self.solved_at is not None

    @property
    def is_tried(self) -> bool:
        """Whether something was graded that did not have all points."""
        return not self.is_solved and self.score is not None

    @property
    def knows_quiz(self) -> bool:
        """Whether every question was right in one go."""
        return self.quiz_at is not None and self.quiz_right == self.quiz_count

    def before(self, moment: datetime) -> Result:
        """What of it was there by then."""
        is_old = self.tried_at is not None and self.tried_at < moment
        return replace(
            self,
            solved_at=self.solved_at if self.solved_at and self.solved_at < moment else None,
            tried_at=self.tried_at if is_old else None,
            score=self.score if is_old else None,
            quiz_at=self.quiz_at if self.quiz_at and self.quiz_at < moment else None,
        )


Results = Mapping[str, Result]
NOTHING = Result()


def tasks(
    track: Track,
    results: Results,
    skipped: Collection[str],
    zone: tzinfo,
    missed: Collection[str] = (),
) -> list[Task]:
    """Everything that is left: second looks ahead, then what was missed, then the rest."""
    steps = [step for step in track.steps if step.slug not in skipped]
    return [
        task
        for step in _in_order(steps, results, missed)
        for task in _of_step(step, results.get(step.slug, NOTHING), zone)
    ]


def spent(track: Track, results: Results, since: datetime, today: date, zone: tzinfo) -> Spent:
    """What was done since the plan counts, today and this week, in minutes of these steps."""
    done = [
        (moment.astimezone(zone).date(), minutes)
        for step in track.steps
        for moment, minutes in _done(step, results.get(step.slug, NOTHING))
        if moment >= since
    ]
    return Spent(
        today=sum(minutes for day, minutes in done if day == today),
        this_week=sum(minutes for day, minutes in done if day >= monday_of(today)),
    )


def look_minutes(step: Step, score: int) -> int:
    """How long a second look takes: as much of the challenge as was lost of its points."""
    lost = step.effort.solve * (FULL_SCORE - score) / FULL_SCORE
    return max(LEAST_LOOK, -(-round(lost) // ROUND_TO) * ROUND_TO)


def _in_order(steps: list[Step], results: Results, missed: Collection[str]) -> Iterator[Step]:
    """Each after those it builds on; of several that could be next, the most urgent one."""
    places = {step.slug: place for place, step in enumerate(steps)}

    def urgency(step: Step) -> tuple[int, int]:
        if results.get(step.slug, NOTHING).is_tried:
            return 0, places[step.slug]
        return (1 if step.slug in missed else 2), places[step.slug]

    waiting = sorted(steps, key=urgency)
    while waiting:
        slugs = {step.slug for step in waiting if not results.get(step.slug, NOTHING).is_solved}
        step = next(step for step in waiting if not slugs & set(step.after))
        waiting.remove(step)
        yield step


def _of_step(step: Step, result: Result, zone: tzinfo) -> Iterator[Task]:
    """What is left of one step."""
    builds_on = frozenset((slug, Part.SOLVE) for slug in step.after)
    read, solve = (step.slug, Part.READ), (step.slug, Part.SOLVE)
    if result.is_tried:
        minutes = look_minutes(step, result.score or 0)
        again = _day_after(result.tried_at, zone)
        yield Task(*solve, minutes, builds_on, not_before=again, is_again=True)
    elif not result.is_solved:
        if step.effort.read:
            yield Task(*read, step.effort.read, builds_on, leads_to=step.effort.solve)
        yield Task(*solve, step.effort.solve, builds_on | {read})
    if step.effort.quiz and not result.knows_quiz:
        again = _day_after(result.quiz_at, zone)
        is_again = result.quiz_at is not None
        yield Task(
            step.slug,
            Part.QUIZ,
            step.effort.quiz,
            frozenset({solve}),
            not_before=again,
            is_again=is_again,
        )


def _day_after(moment: datetime | None, zone: tzinfo) -> date:
    return moment.astimezone(zone).date() + LATER if moment else date.min


def _done(step: Step, result: Result) -> Iterator[tuple[datetime, int]]:
    """When something of a step was done, and how many minutes it stands for."""
    if result.solved_at:
        yield result.solved_at, step.effort.read + step.effort.solve
    elif result.tried_at and result.score is not None:
        looked = max(0, step.effort.solve - look_minutes(step, result.score))
        yield result.tried_at, step.effort.read + looked
    if result.quiz_at:
        yield result.quiz_at, step.effort.quiz
