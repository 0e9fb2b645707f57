"""A plan from what was chosen and done: solved goes, missed moves ahead, lost points come back."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.practice.plan.limits import latest_goal
from portal.practice.plan.outlook import Chosen, Outlook, outlook
from portal.practice.plan.schedule import Part
from portal.practice.plan.work import Result
from tests.portal.plans import EFFORT, step, track

BEGAN = datetime(2026, 11, 23, 8, tzinfo=UTC)  # a Monday
TRACK = track(
    step("a"), step("b", "a"), step("c", "a"), step("d", "b"), step("e", optional=True), step("f")
)
CHOSEN = Chosen(date(2027, 1, 31), 2, frozenset({0, 2, 4}), "UTC", (), BEGAN)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def solved(at: datetime = BEGAN + HOUR, **quiz: Any) -> Result:
    return Result(solved_at=at, tried_at=at, score=100, **quiz)


def knows(at: datetime = BEGAN + HOUR) -> dict[str, Any]:
    return {"quiz_at": at, "quiz_right": 5, "quiz_count": 5}


def steps(found: Outlook) -> list[str]:
    """The steps in the order in which they are due."""
    return list(dict.fromkeys(task.step for day in found.days for task in day.tasks))


def parts(found: Outlook, slug: str) -> list[tuple[Part, bool]]:
    return [(t.part, t.is_again) for day in found.days for t in day.tasks if t.step == slug]


def test_everything_is_there_at_first() -> None:
    found = outlook(TRACK, CHOSEN, {}, BEGAN)
    assert steps(found) == ["a", "b", "c", "d", "e", "f"]
    assert parts(found, "a") == [(Part.READ, False), (Part.SOLVE, False), (Part.QUIZ, False)]
    assert (found.missed, found.fit) == (frozenset(), None)


def test_what_is_solved_is_gone_and_the_rest_moves_up() -> None:
    before = outlook(TRACK, CHOSEN, {}, BEGAN)
    after = outlook(TRACK, CHOSEN, {"a": solved(BEGAN - DAY, **knows(BEGAN - DAY))}, BEGAN)
    assert steps(after) == ["b", "c", "d", "e", "f"]
    assert after.days[-1].date < before.days[-1].date


def test_a_solved_step_keeps_its_quiz() -> None:
    found = outlook(TRACK, CHOSEN, {"a": solved()}, BEGAN + 2 * HOUR)
    assert parts(found, "a") == [(Part.QUIZ, False)]


def test_what_was_missed_moves_ahead() -> None:
    late = BEGAN + timedelta(days=8)
    results = {"c": solved(**knows())}
    found = outlook(TRACK, CHOSEN, results, late)
    assert found.missed == {"a", "b"}
    assert steps(found)[:2] == ["a", "b"]
    free = track(step("x"), step("y"), step("z"))
    found = outlook(free, CHOSEN, {"y": replace(solved(BEGAN), score=40, solved_at=None)}, late)
    assert steps(found) == ["y", "x", "z"]


def test_lost_requirements_bring_a_second_look_after_a_night() -> None:
    tried = Result(tried_at=BEGAN + HOUR, score=75, lost=("Errors",))
    roomy = replace(CHOSEN, hours_per_week=40, weekdays=frozenset(range(7)))
    found = outlook(TRACK, roomy, {"a": tried}, BEGAN + 2 * HOUR)
    assert parts(found, "a") == [(Part.SOLVE, True), (Part.QUIZ, False)]
    (look,) = [t for day in found.days for t in day.tasks if t.key == ("a", Part.SOLVE)]
    assert look.minutes == EFFORT.solve / 4
    assert next(day.date for day in found.days if look in day.tasks) > BEGAN.date()


def test_a_quiz_with_mistakes_comes_again() -> None:
    result = solved(quiz_at=BEGAN + HOUR, quiz_right=3, quiz_count=5)
    found = outlook(TRACK, CHOSEN, {"a": result}, BEGAN + 2 * HOUR)
    assert parts(found, "a") == [(Part.QUIZ, True)]


def test_what_is_skipped_is_left_out_and_holds_nobody_up() -> None:
    found = outlook(TRACK, replace(CHOSEN, skipped=("a", "e")), {}, BEGAN)
    assert steps(found) == ["b", "c", "d", "f"]


def test_a_break_leaves_every_day_empty() -> None:
    found = outlook(TRACK, replace(CHOSEN, paused_at=BEGAN + DAY), {}, BEGAN + 9 * DAY)
    assert (found.days, found.missed, found.fit) == ((), frozenset(), None)
    assert {task.step for task in found.left} == set("abcdef")


def test_what_was_done_this_week_counts() -> None:
    results = {slug: solved(**knows()) for slug in "ab"}
    found = outlook(TRACK, CHOSEN, results, BEGAN + 2 * HOUR)
    assert found.spent.this_week == 2 * EFFORT.total
    this_week = [day for day in found.days if day.date < BEGAN.date() + timedelta(days=7)]
    assert sum(day.minutes for day in this_week) <= 120 - 100


def test_the_day_is_the_one_of_their_time_zone() -> None:
    late_evening = datetime(2026, 11, 23, 23, 30, tzinfo=UTC)
    zones = {"UTC": 23, "Asia/Tokyo": 24, "America/New_York": 23, "No/Where": 23}
    for zone, day in zones.items():
        found = outlook(TRACK, replace(CHOSEN, time_zone=zone), {}, late_evening)
        assert found.today == date(2026, 11, day), zone


def test_a_plan_that_does_not_fit_says_what_would() -> None:
    tight = replace(CHOSEN, goal_date=date(2026, 12, 4))
    found = outlook(TRACK, tight, {}, BEGAN)
    fit = found.fit
    assert fit is not None
    assert (fit.late_steps, fit.optional) == (2, ("e",))
    assert fit.hours is not None
    assert fit.goal_date is not None
    more = outlook(TRACK, replace(tight, hours_per_week=fit.hours), {}, BEGAN)
    fewer = outlook(TRACK, replace(tight, hours_per_week=fit.hours - 1), {}, BEGAN)
    assert (more.fit, fewer.fit is None) == (None, False)
    assert outlook(TRACK, replace(tight, goal_date=fit.goal_date), {}, BEGAN).fit is None
    without = outlook(TRACK, replace(tight, skipped=fit.optional), {}, BEGAN)
    assert (without.fit is None) == fit.optional_is_enough


def test_after_the_goal_only_a_later_one_helps() -> None:
    over = replace(CHOSEN, goal_date=BEGAN.date())
    fit = outlook(TRACK, over, {}, BEGAN + 3 * DAY).fit
    assert fit is not None
    assert fit.hours is None
    assert fit.goal_date is not None


@pytest.mark.parametrize(
    ("today", "latest"),
    [(date(2028, 2, 29), date(2030, 2, 28)), (date(2026, 11, 28), date(2028, 11, 28))],
)
def test_two_years_from_a_leap_day_is_a_day(today: date, latest: date) -> None:
    assert latest_goal(today) == latest


@st.composite
def result(draw: st.DrawFn) -> Result:
    at = BEGAN + draw(st.integers(-100, 400)) * HOUR
    score = draw(st.one_of(st.none(), st.integers(0, 100)))
    right = draw(st.one_of(st.none(), st.integers(0, 5)))
    return Result(
        solved_at=at if score == 100 else None,
        tried_at=at if score is not None else None,
        score=score,
        quiz_at=at if right is not None else None,
        quiz_right=right or 0,
        quiz_count=5,
    )


@settings(max_examples=80, deadline=None)
@given(
    st.dictionaries(st.sampled_from("abcdef"), result()),
    st.frozensets(st.sampled_from("abcdef"), max_size=3),
    st.integers(1, 40),
    st.integers(0, 60),
)
def test_every_unsolved_step_comes_exactly_once_after_what_it_builds_on(
    results: dict[str, Result], skipped: frozenset[str], hours: int, days_on: int
) -> None:
    chosen = replace(CHOSEN, skipped=tuple(skipped), hours_per_week=hours)
    found = outlook(TRACK, chosen, results, BEGAN + days_on * DAY)
    order = [t.step for day in found.days for t in day.tasks if t.part is Part.SOLVE]
    done = {slug for slug, each in results.items() if each.is_solved}
    assert sorted(order) == sorted(set("abcdef") - skipped - done)
    for each in TRACK.steps:
        for before in set(each.after) & set(order):
            assert each.slug not in order or order.index(before) < order.index(each.slug)
    assert all(day.date >= found.today for day in found.days)
