"""Days in a row, on the person's own calendar."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from portal.practice.days import zone_of
from portal.practice.progress.streak import Streak, streak_of

TODAY = date(2026, 11, 28)


def ago(*days: int) -> list[date]:
    """The days that are this many days before today."""
    return [TODAY - timedelta(days=each) for each in days]


def at(text: str) -> datetime:
    """A moment in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_nothing_is_no_streak() -> None:
    assert streak_of([], TODAY) == Streak(current=0, longest=0, has_today=False)


def test_today_counts_and_so_do_the_days_before_it() -> None:
    assert streak_of(ago(0, 1, 2), TODAY) == Streak(current=3, longest=3, has_today=True)


def test_a_day_that_is_not_over_breaks_nothing() -> None:
    assert streak_of(ago(1, 2), TODAY) == Streak(current=2, longest=2, has_today=False)


def test_a_whole_day_without_anything_ends_it() -> None:
    assert streak_of(ago(2, 3, 4), TODAY) == Streak(current=0, longest=3, has_today=False)


def test_the_longest_one_may_be_long_ago() -> None:
    assert streak_of(ago(0, 1, 10, 11, 12, 13, 15), TODAY).longest == 4
    assert streak_of(ago(0, 1, 10, 11, 12, 13, 15), TODAY).current == 2


def test_a_day_counts_once_and_in_any_order() -> None:
    assert streak_of(ago(2, 0, 1, 1, 0), TODAY).current == 3


def test_a_year_ends_and_a_leap_day_is_a_day() -> None:
    days = [date(2024, 2, 28), date(2024, 2, 29), date(2024, 3, 1)]
    assert streak_of(days, date(2024, 3, 1)).current == 3
    turn = [date(2025, 12, 31), date(2026, 1, 1)]
    assert streak_of(turn, date(2026, 1, 1)).current == 2


def test_a_moment_that_a_wrong_clock_put_into_tomorrow_does_no_harm() -> None:
    assert streak_of(ago(-1, 0, 1), TODAY) == Streak(current=3, longest=3, has_today=True)


def test_an_evening_across_midnight_is_two_days_where_it_was_spent() -> None:
    evening = [at("2026-11-27 22:50"), at("2026-11-27 23:10")]
    berlin, utc = zone_of("Europe/Berlin"), zone_of("UTC")
    assert sorted(berlin.days(evening)) == [date(2026, 11, 27), date(2026, 11, 28)]
    assert sorted(utc.days(evening)) == [date(2026, 11, 27)]


def test_midnight_in_utc_is_the_middle_of_an_evening_elsewhere() -> None:
    evening = [at("2026-11-27 23:50"), at("2026-11-28 00:10")]
    assert sorted(zone_of("America/New_York").days(evening)) == [date(2026, 11, 27)]
    assert sorted(zone_of("UTC").days(evening)) == [date(2026, 11, 27), date(2026, 11, 28)]


@pytest.mark.parametrize(
    ("name", "moments", "days"),
    [
        # Clocks go forward on 29 March 2026: midnight in Berlin moves from 23:00 to 22:00 UTC.
        ("Europe/Berlin", ["2026-03-28 22:30", "2026-03-29 21:30", "2026-03-29 22:30"], 3),
        # Clocks go back on 25 October 2026: midnight moves from 22:00 to 23:00 UTC.
        ("Europe/Berlin", ["2026-10-24 21:30", "2026-10-25 22:30", "2026-10-25 23:30"], 3),
        # The hour that comes twice is on one day.
        ("Europe/Berlin", ["2026-10-25 00:30", "2026-10-25 01:30"], 1),
        # In Santiago that night has no midnight: 23:59 is followed by 1:00.
        ("America/Santiago", ["2026-09-06 03:30", "2026-09-06 04:30"], 2),
        ("Asia/Kathmandu", ["2026-11-27 18:14", "2026-11-27 18:16"], 2),
    ],
)
def test_clocks_that_change_leave_days_whole(name: str, moments: list[str], days: int) -> None:
    found = sorted(zone_of(name).days(map(at, moments)))
    assert len(found) == days
    assert streak_of(found, found[-1]).current == days


@pytest.mark.parametrize("name", ["Europe/Berlin", "Asia/Calcutta", "Etc/GMT+5", "UTC"])
def test_every_name_that_browsers_give_is_known(name: str) -> None:
    zone = zone_of(name)
    assert (zone.is_told, zone.info.key) == (True, name)


@pytest.mark.parametrize(
    "name",
    [
        *(None, "", "Europe", "europe/berlin", "Mars/Base", "../../etc/passwd", "/etc/localtime"),
        *("localtime", "posixrules", "Europe/Berlin\0", " UTC", "x" * 5000, "+02:00", "."),
    ],
)
def test_anything_else_counts_in_utc(name: str | None) -> None:
    zone = zone_of(name)
    assert (zone.is_told, zone.info.key) == (False, "UTC")
