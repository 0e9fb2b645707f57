"""From four answers to a track and a place in it: pure, and each decision says why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from portal.practice.placement.questions import BUILT, EASIER, HARDER, ROLE, Answer, Question
from portal.practice.tracks.tracks import Step, Track, Tracks

NEW, SOME, MUCH = range(3)
"""How far somebody is when they begin."""

WHY_FROM_THE_START = {
    False: "Everything from the start: the question on PATCH went wrong, and what comes later builds on it.",
    True: "Everything from the start: you know your way already, and the first steps will be quick.",
}
WHY_SOME = (
    "You have answered the question on PATCH and have built something, so the first steps would be "
    "a repetition."
)
WHY_SOME_BY_ANSWERS = (
    "Both technical answers were right, so the first steps would be a repetition. What comes next "
    "makes up for what you have not built yet."
)
WHY_MUCH = (
    "Both technical answers were right, and you have worked on services that others use, so you "
    "begin where it becomes hard."
)


@dataclass(frozen=True)
class Checked:
    """A technical question as it was answered."""

    text: str
    answer: str
    right_answer: str
    is_right: bool
    explanation: str


@dataclass(frozen=True)
class Roadmap:
    """Where somebody begins, what they skip, and why."""

    track: Track
    wished: Track | None
    """The track that they had asked for, when another one comes first."""
    begin: Step | None
    skipped: tuple[Step, ...]
    ahead: tuple[Step, ...]
    why: str
    checked: tuple[Checked, ...]
    query: str
    """The answers, for the address."""

    @property
    def minutes(self) -> int:
        """What lies ahead."""
        return sum(step.effort.total for step in self.ahead)


def roadmap(asked: tuple[Question, ...], chosen: Mapping[str, Answer], tracks: Tracks) -> Roadmap:
    """The way for whoever has answered like this."""
    stage, why = _stage(asked, chosen)
    wished = tracks.get(chosen[asked[ROLE].name].name)
    track = tracks.get(wished.before) if wished.before and stage == NEW else wished
    begin = _begin(track, stage)
    skipped = track.before_step(begin.slug) if begin else ()
    if stage != NEW and not skipped:
        why = WHY_FROM_THE_START[True]
    return Roadmap(
        track=track,
        wished=wished if wished is not track else None,
        begin=begin,
        skipped=skipped,
        ahead=track.steps[len(skipped) :],
        why=why,
        checked=tuple(_checked(question, chosen[question.name]) for question in asked[EASIER:]),
        query=urlencode({name: answer.name for name, answer in chosen.items()}),
    )


def _stage(asked: tuple[Question, ...], chosen: Mapping[str, Answer]) -> tuple[int, str]:
    """What was built says how far somebody may be; the answers say how far they are."""
    built = chosen[asked[BUILT].name].stage
    easier, harder = chosen[asked[EASIER].name].right, chosen[asked[HARDER].name].right
    if easier and harder and built >= MUCH:
        return MUCH, WHY_MUCH
    if easier and built >= SOME:
        return SOME, WHY_SOME
    if easier and harder:
        return SOME, WHY_SOME_BY_ANSWERS
    return NEW, WHY_FROM_THE_START[easier]


def _begin(track: Track, stage: int) -> Step | None:
    """The place for this stage, or the one before while those challenges are still to come."""
    places = [slug for slug in track.begin[: stage + 1] if slug is not None]
    return track.get(places[-1]) if places else None


def _checked(question: Question, answer: Answer) -> Checked:
    return Checked(
        text=question.text,
        answer=answer.text,
        right_answer=next(each.text for each in question.answer if each.right),
        is_right=answer.right,
        explanation=question.explanation,
    )
