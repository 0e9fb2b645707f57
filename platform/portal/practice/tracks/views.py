"""Tracks as their reader sees them: how far along they are, and what comes next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from graders.package import FULL_SCORE
from portal.practice.tracks.effort import spoken
from portal.practice.tracks.tracks import Step, Track
from portal.submissions.queries import Best

State = Literal["new", "tried", "solved"]


@dataclass(frozen=True)
class StepView:
    """One step, and what its reader has done with it."""

    number: int
    slug: str
    title: str
    level: str
    why: str
    minutes: str
    after: list[str]
    is_optional: bool
    state: State
    score: int | None
    is_next: bool


@dataclass(frozen=True)
class TrackView:
    """A track with its steps."""

    name: str
    title: str
    role: str
    summary: str
    hours: str
    steps: list[StepView]
    coming: int
    solved: int
    next: StepView | None


def track_view(track: Track, best: Mapping[str, Best]) -> TrackView:
    """The track with what has been done; nothing has been by a visitor."""
    following = next((step.slug for step in track.steps if state_of(best, step) != "solved"), None)
    steps = [
        StepView(
            number=number,
            slug=step.slug,
            title=step.title,
            level=step.level,
            why=step.why,
            minutes=spoken(step.effort.total),
            after=[track.title_of(slug) for slug in step.after],
            is_optional=step.is_optional,
            state=state_of(best, step),
            score=best[step.slug].score if step.slug in best else None,
            is_next=step.slug == following,
        )
        for number, step in enumerate(track.steps, start=1)
    ]
    return TrackView(
        name=track.name,
        title=track.title,
        role=track.role,
        summary=track.summary,
        hours=about(track.minutes),
        steps=steps,
        coming=track.coming,
        solved=sum(step.state == "solved" for step in steps),
        next=next((step for step in steps if step.is_next), None),
    )


def about(minutes: int) -> str:
    """A length to plan with: nobody needs the minutes of a whole track."""
    hours = round(minutes / 60)
    return f"{hours} hour{'' if hours == 1 else 's'}" if minutes >= 90 else spoken(minutes)


def state_of(best: Mapping[str, Best], step: Step) -> State:
    """How far somebody got with the challenge of a step."""
    found = best.get(step.slug)
    if found is None:
        return "new"
    return "solved" if found.score == FULL_SCORE else "tried"
