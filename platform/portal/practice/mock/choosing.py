"""Which challenges and questions somebody gets: what is new to them first, then what they owe."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from graders.description import LEVELS
from graders.package import Package
from graders.quiz import Question
from portal.practice.mock.roles import Length, Role

Quiz = Callable[[str], Sequence[Question]]
"""The questions on a challenge, none when its quiz cannot be read."""


ENOUGH = 0.75
"""The part of the time that is to be filled, if there is a way to."""


@dataclass(frozen=True)
class Known:
    """How far somebody came with a challenge; `solved_at` is the last time they had all points."""

    solved_at: datetime | None


@dataclass(frozen=True)
class Wish:
    """What was asked for."""

    role: Role
    level: str
    length: Length


@dataclass(frozen=True)
class Chosen:
    """What they get, and where it is not quite what was asked for."""

    packages: list[Package]
    questions: list[tuple[str, Question]]
    remarks: list[str]


def choose(
    packages: Sequence[Package], wish: Wish, known: Mapping[str, Known], quiz: Quiz, seed: int
) -> Chosen:
    """The same for the same seed, whatever the order of the library."""
    chance = random.Random(seed)  # noqa: S311 - variety, not secrets
    shuffled = sorted(packages, key=lambda package: package.slug)
    chance.shuffle(shuffled)
    wanted = sorted(shuffled, key=lambda package: _place(package, wish, known))
    remarks: list[str] = []
    picked = _that_fit(wanted, wish, known, remarks)
    rest = [package for package in wanted if package not in picked]
    questions = list(_questions(rest, wish.length.questions, quiz, chance))
    remarks += _of_time(picked, wish)
    if len(questions) < wish.length.questions:
        remarks.append(_few_questions(len(questions)))
    return Chosen(picked, questions, remarks)


def _that_fit(
    wanted: Sequence[Package], wish: Wish, known: Mapping[str, Known], remarks: list[str]
) -> list[Package]:
    """As many as there is time for; at least one, if it is too long itself."""
    if not wanted:
        return []
    levels = [package for package in wanted if package.description.level == wish.level]
    if not levels:
        near = wanted[0].description.level
        levels = [package for package in wanted if package.description.level == near]
        remarks.append(f"There is no challenge of the level {wish.level} yet; these are {near}.")
    time = wish.length.for_challenges
    fitting = [package for package in levels if package.description.minutes <= time]
    if not fitting:
        return [min(levels, key=lambda package: package.description.minutes)]
    best = _place(fitting[0], wish, known)
    fills = [
        _filled([first, *(other for other in fitting if other is not first)], time)
        for first in fitting
        if _place(first, wish, known) == best
    ]
    enough = (fill for fill in fills if _minutes(fill) >= ENOUGH * time)
    return next(enough, None) or max(fills, key=_minutes)


def _filled(packages: Sequence[Package], time: int) -> list[Package]:
    """One after the other, each that still fits."""
    taken: list[Package] = []
    for package in packages:
        if _minutes([*taken, package]) <= time:
            taken.append(package)
    return taken


def _minutes(packages: Sequence[Package]) -> int:
    return sum(package.description.minutes for package in packages)


def _place(package: Package, wish: Wish, known: Mapping[str, Known]) -> tuple[object, ...]:
    """Smaller comes first: the level, then the role's topics, then what is least known."""
    away = abs(LEVELS.index(package.description.level) - LEVELS.index(wish.level))
    topics = wish.role.topics
    off_topic = bool(topics) and topics.isdisjoint(package.description.topics)
    before = known.get(package.slug)
    if before is None:
        return away, off_topic, 0, 0.0
    if before.solved_at is None:
        return away, off_topic, 1, 0.0
    return away, off_topic, 2, before.solved_at.timestamp()


def _questions(
    packages: Sequence[Package], count: int, quiz: Quiz, chance: random.Random
) -> Iterator[tuple[str, Question]]:
    """One from each challenge in turn, so that no topic is asked twice before all were."""
    piles = []
    for package in packages:
        pile = list(quiz(package.slug))
        chance.shuffle(pile)
        piles.append((package.slug, pile))
    given = 0
    while given < count and any(pile for _slug, pile in piles):
        for slug, pile in piles:
            if pile and given < count:
                given += 1
                yield slug, pile.pop()


def _of_time(picked: Sequence[Package], wish: Wish) -> Iterator[str]:
    usual, time = _minutes(picked), wish.length.for_challenges
    if usual > time:
        yield (
            f"Nothing shorter was there: this challenge usually takes {usual} minutes, and you have "
            f"{time} for it. Begin with what earns points soonest."
        )
    elif picked and usual < ENOUGH * time:
        yield (
            f"There was not more of this level that fits: it usually takes {usual} of your "
            f"{wish.length.minutes} minutes. End early when you are through."
        )


def _few_questions(count: int) -> str:
    if count == 0:
        return (
            "There are no short questions, since the library has no other challenge to ask about."
        )
    return f"There are only {count} short questions, since the library has no more of them."
