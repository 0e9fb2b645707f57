"""The map: every challenge as a station on the line of its level."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from graders.package import FULL_SCORE, Package
from portal.catalog.listing import State
from portal.models import Kind
from portal.practice.progress.mastery import Mastery
from portal.practice.progress.queries import HandedIn


@dataclass(frozen=True)
class Best:
    """The most points that a challenge has brought, and since when."""

    score: int | None
    at: datetime


@dataclass(frozen=True)
class Station:
    """A challenge and how far somebody came with it; `reached_at` is when they first did."""

    slug: str
    title: str
    question: str
    state: State
    best: int | None
    points: int
    mastered: int
    requirement_count: int
    hints: int
    reached_at: datetime | None


@dataclass(frozen=True)
class Level:
    """A line of the map."""

    name: str
    title: str
    stations: list[Station]
    solved: int


def best_of(rows: Iterable[HandedIn]) -> dict[str, Best]:
    """The best of each challenge that was handed in to be scored; rows come oldest first."""
    found: dict[str, Best] = {}
    for row in rows:
        if row.kind is not Kind.SUBMISSION:
            continue
        best = found.get(row.challenge)
        if best is None or (
            row.score is not None and (best.score is None or row.score > best.score)
        ):
            found[row.challenge] = Best(row.score, row.at)
    return found


def stations_of(
    packages: Sequence[Package],
    best: Mapping[str, Best],
    mastery: Mastery,
    hints: Mapping[str, int],
) -> dict[str, Station]:
    """A station for each challenge there is, in order, by its slug."""
    return {
        package.slug: _station(package, best.get(package.slug), mastery, hints.get(package.slug, 0))
        for package in packages
    }


def levels_of(packages: Sequence[Package], stations: Mapping[str, Station]) -> list[Level]:
    """The lines; packages come level by level, and a level without challenges has none."""
    return [
        _level(name, [stations[package.slug] for package in some])
        for name, some in groupby(packages, key=lambda each: each.description.level)
    ]


def _level(name: str, stations: list[Station]) -> Level:
    solved = sum(each.state == "solved" for each in stations)
    return Level(name, name.capitalize(), stations, solved)


def _station(package: Package, best: Best | None, mastery: Mastery, hints: int) -> Station:
    state: State = "new"
    if best is not None:
        state = "solved" if best.score == FULL_SCORE else "tried"
    return Station(
        slug=package.slug,
        title=package.description.title,
        question=package.description.question,
        state=state,
        best=best.score if best else None,
        points=FULL_SCORE,
        mastered=mastery.mastered(package),
        requirement_count=len(package.requirements),
        hints=hints,
        reached_at=best.at if best and best.score is not None else None,
    )
