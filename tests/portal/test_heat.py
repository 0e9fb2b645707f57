"""The calendar of a year: whole weeks, a square for each day, and months that are named once."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from portal.practice.progress.heat import activity_of

SATURDAY = date(2026, 11, 28)
YEAR = [SATURDAY - timedelta(days=each) for each in range(366)]


def test_it_has_52_weeks_up_to_today() -> None:
    for today in YEAR:
        older, newer = activity_of({today: 1}, today).blocks
        assert len(older.days) == 26 * 7
        assert len(newer.days) == 25 * 7 + today.weekday() + 1
        last = newer.days[-1]
        assert (last.week, last.weekday, last.size) == (25, today.weekday(), 1)
        assert older.days[0].weekday == newer.days[0].weekday == 0


def test_names_of_months_are_in_order_and_not_in_each_others_way() -> None:
    for block in (block for today in YEAR for block in activity_of({}, today).blocks):
        weeks = [week for week, _name in block.months]
        assert len(weeks) in {5, 6, 7}
        assert min(b - a for a, b in pairwise(weeks)) >= 3
        assert weeks[-1] <= 23


def test_squares_grow_with_what_was_done() -> None:
    numbers = [0, 1, 2, 3, 5, 6, 9, 10, 5000]
    days = {SATURDAY - timedelta(days=place): number for place, number in enumerate(numbers)}
    newer = activity_of(days, SATURDAY).blocks[1]
    sizes = [day.size for day in reversed(newer.days)][: len(numbers)]
    assert sizes == [0, 1, 1, 2, 2, 3, 3, 4, 4]


def test_what_is_too_old_or_not_yet_is_left_out_everywhere() -> None:
    first = SATURDAY - timedelta(days=SATURDAY.weekday() + 51 * 7)
    days = {first - timedelta(days=1): 7, first: 2, SATURDAY + timedelta(days=1): 7}
    activity = activity_of(days, SATURDAY)
    assert (activity.things, activity.active_days) == (2, 1)
    assert sum(month.things for month in activity.months) == 2
    assert activity.blocks[0].summary == "2 things done on 1 day."
    assert activity.blocks[1].summary == "0 things done on 0 days."


def test_every_month_is_in_the_table_the_newest_first() -> None:
    months = activity_of({date(2026, 2, 3): 4, date(2026, 2, 5): 1}, SATURDAY).months
    assert [months[0].title, months[-1].title] == ["November 2026", "December 2025"]
    assert len(months) == 12
    assert [(m.active_days, m.things) for m in months if m.title == "February 2026"] == [(2, 5)]
    assert sum(month.things for month in months) == 5


def test_a_day_is_told_in_words() -> None:
    newer = activity_of({SATURDAY: 3}, SATURDAY).blocks[1]
    assert newer.days[-1].words == "3 on Saturday, 28 November 2026"
    assert newer.days[-2].words == "Nothing on Friday, 27 November 2026"
    assert newer.title.endswith("to 28 November 2026")
