"""Which challenges and questions a mock interview has: new ones first, and what fits the time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import pytest

from graders.package import Package, load_all
from graders.quiz import Question
from portal.models import utc_now
from portal.practice.mock.choosing import ENOUGH, Chosen, Known, Wish, choose
from portal.practice.mock.roles import LENGTHS, ROLES
from portal.settings import CHECKOUT

LIBRARY = list(load_all(CHECKOUT / "challenges").values())
NOW = utc_now()


def quiz(slug: str) -> Sequence[Question]:
    return next(package.quiz for package in LIBRARY if package.slug == slug)


def chosen(
    packages: Sequence[Package] = LIBRARY,
    *,
    role: str = "senior",
    level: str = "common",
    minutes: int = 90,
    known: dict[str, Known] | None = None,
    seed: int = 1,
) -> Chosen:
    return choose(packages, Wish(ROLES[role], level, LENGTHS[minutes]), known or {}, quiz, seed)


def slugs(found: Chosen) -> list[str]:
    return [package.slug for package in found.packages]


@pytest.mark.parametrize("minutes", list(LENGTHS))
@pytest.mark.parametrize("role", list(ROLES))
def test_it_fits_the_time_and_fills_it_or_says_so(role: str, minutes: int) -> None:
    for level in ("freshers", "common"):
        for seed in range(20):
            found = chosen(role=role, level=level, minutes=minutes, seed=seed)
            time = LENGTHS[minutes].for_challenges
            used = sum(package.description.minutes for package in found.packages)
            assert ENOUGH * time <= used <= time or found.remarks
            assert {package.description.level for package in found.packages} == {level}
            assert len(found.questions) == LENGTHS[minutes].questions
            assert {slug for slug, _ in found.questions}.isdisjoint(slugs(found))


def test_the_same_seed_chooses_the_same_and_others_choose_others() -> None:
    assert chosen(seed=7) == chosen(list(reversed(LIBRARY)), seed=7)
    assert len({tuple(sorted(slugs(chosen(seed=seed)))) for seed in range(20)}) > 1


def test_new_ones_come_before_unsolved_ones_and_these_before_the_longest_solved() -> None:
    common = [each for each in LIBRARY if each.description.level == "common"]
    some = [each for each in common if each.description.minutes == 45]
    assert len(some) >= 3
    new, tried, solved, *_ = (each.slug for each in some)
    lately, long_ago = Known(NOW), Known(NOW - timedelta(days=90))
    known = {each.slug: lately for each in common}
    assert slugs(chosen(some, minutes=60, known=known | {solved: long_ago})) == [solved]
    known |= {tried: Known(None)}
    assert slugs(chosen(some, minutes=60, known=known | {solved: long_ago})) == [tried]
    del known[new]
    assert slugs(chosen(some, minutes=60, known=known)) == [new]


def test_the_topics_of_the_role_come_first() -> None:
    for seed in range(10):
        (first, *_) = chosen(role="platform", seed=seed).packages
        assert ROLES["platform"].topics & set(first.description.topics)


def test_a_library_of_one_is_enough_and_says_what_is_missing() -> None:
    for package in LIBRARY:
        found = chosen([package], minutes=30, level="common")
        assert found.packages == [package]
        assert found.questions == []
        assert any("no short questions" in remark for remark in found.remarks)


def test_an_empty_library_gives_nothing() -> None:
    assert chosen([]).packages == []


def test_a_level_that_nobody_has_written_yet_is_said() -> None:
    found = chosen(level="advanced")
    assert {package.description.level for package in found.packages} == {"common"}
    assert "There is no challenge of the level advanced yet; these are common." in found.remarks


def test_a_quiz_that_cannot_be_read_is_passed_over() -> None:
    found = choose(LIBRARY, Wish(ROLES["senior"], "common", LENGTHS[90]), {}, lambda _slug: (), 1)
    assert found.questions == []
