"""Which requirements somebody has mastered, and which ones cost them points most often."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from graders.package import Package
from portal.practice.progress.queries import HandedIn

MOST_LOST = 5
PASSED = "passed"
# The app did not start, or the examination ended before: that says nothing of a requirement.
NOT_TESTED = frozenset({"not_run", "waiting", "running"})

Key = tuple[str, str]
"""The slug of a challenge and the name of a requirement in it."""


@dataclass(frozen=True)
class Mastery:
    """How often each requirement passed and how often it was lost, over all versions."""

    passed: Counter[Key]
    lost: Counter[Key]

    def mastered(self, package: Package) -> int:
        """How many of the requirements of a challenge, as it is now, have ever passed."""
        return sum((package.slug, each.name) in self.passed for each in package.requirements)

    def missing(self, package: Package) -> list[str]:
        """The titles of those that have not."""
        names = self.passed
        return [
            each.title for each in package.requirements if (package.slug, each.name) not in names
        ]


@dataclass(frozen=True)
class Topic:
    """How many requirements of the challenges on one topic are mastered."""

    name: str
    mastered: int
    total: int


@dataclass(frozen=True)
class Lost:
    """A requirement that is worth another look."""

    slug: str
    challenge: str
    title: str
    times: int
    is_mastered: bool


def mastery_of(rows: Iterable[HandedIn]) -> Mastery:
    """Count over everything that was scored; a requirement is known by its name."""
    passed: Counter[Key] = Counter()
    lost: Counter[Key] = Counter()
    for row in rows:
        for name, status in row.ends:
            if status not in NOT_TESTED:
                (passed if status == PASSED else lost)[row.challenge, name] += 1
    return Mastery(passed, lost)


def topics_of(packages: Sequence[Package], mastery: Mastery) -> list[Topic]:
    """Every topic, those with the most requirements first."""
    total: Counter[str] = Counter()
    mastered: Counter[str] = Counter()
    for package in packages:
        for topic in package.description.topics:
            total[topic] += len(package.requirements)
            mastered[topic] += mastery.mastered(package)
    topics = [Topic(name, mastered[name], number) for name, number in total.items()]
    return sorted(topics, key=lambda each: (-each.total, each.name))


def most_lost(packages: Sequence[Package], mastery: Mastery) -> list[Lost]:
    """The few that were lost most often: first those that have never passed."""
    found = [
        Lost(
            slug=package.slug,
            challenge=package.description.title,
            title=each.title,
            times=mastery.lost[package.slug, each.name],
            is_mastered=(package.slug, each.name) in mastery.passed,
        )
        for package in packages
        for each in package.requirements
        if mastery.lost[package.slug, each.name]
    ]
    return sorted(found, key=lambda each: (each.is_mastered, -each.times))[:MOST_LOST]
