"""How somebody did in the quiz of each challenge: the best go counts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from graders.package import Package
from portal.practice.progress.queries import Answered


@dataclass(frozen=True)
class QuizBest:
    """The best go at one quiz."""

    slug: str
    title: str
    right_count: int
    question_count: int
    tries: int
    at: datetime

    @property
    def is_full(self) -> bool:
        """Whether everything was right."""
        return self.right_count == self.question_count


def quizzes_of(packages: Sequence[Package], rows: Iterable[Answered]) -> list[QuizBest]:
    """The quizzes that were tried, in the order of their challenges."""
    ordered = sorted(rows, key=lambda row: row.challenge)
    goes = {slug: list(some) for slug, some in groupby(ordered, key=lambda row: row.challenge)}
    return [_best(package, goes[package.slug]) for package in packages if package.slug in goes]


def _best(package: Package, goes: Sequence[Answered]) -> QuizBest:
    # By share, since a quiz may have had another number of questions; of equals the first.
    best = max(goes, key=lambda each: each.right_count / max(each.question_count, 1))
    return QuizBest(
        slug=package.slug,
        title=package.description.title,
        right_count=best.right_count,
        question_count=best.question_count,
        tries=len(goes),
        at=best.at,
    )
