"""Making and changing a study plan: every limit has its sentence, and nothing typed is lost."""

from __future__ import annotations

import re
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy.orm import Session, sessionmaker

from portal.models import Person, utc_now
from portal.practice.days import COOKIE
from portal.practice.plan.limits import latest_goal
from tests.clients import TestClient, give_cookie, shown
from tests.databases import ON_SQLITE
from tests.people import ADA, MALLORY, Someone
from tests.portal.plans import change, fields, make_plan, plan_of

Sessions = sessionmaker[Session]
People = dict[Someone, Person]


def test_a_plan_is_made_of_what_was_chosen(
    ada: TestClient, people: People, sessions: Sessions
) -> None:
    answer = make_plan(ada, weekday=["2", "0", "0"])
    assert (answer.status_code, answer.headers["location"]) == (303, "/plan?done=saved")
    row = plan_of(sessions, people[ADA])
    assert row is not None
    assert (row.track, row.hours_per_week, row.time_zone) == ("backend", 5, "Europe/Berlin")
    assert (row.weekdays, row.skipped, row.paused_at) == ([0, 2], [], None)
    page = shown(ada.get("/plan?done=saved").text)
    assert "Your plan is saved." in page
    assert "5 hours a week, Mon, Wed; days in Europe/Berlin." in page


def test_no_weekday_means_any(ada: TestClient, people: People, sessions: Sessions) -> None:
    make_plan(ada)
    row = plan_of(sessions, people[ADA])
    assert row is not None
    assert row.weekdays == [0, 1, 2, 3, 4, 5, 6]
    assert "any day" in shown(ada.get("/plan").text)
    assert " checked" not in ada.get("/plan/edit").text


def test_sending_it_twice_makes_one_plan(
    ada: TestClient, people: People, sessions: Sessions
) -> None:
    assert make_plan(ada).status_code == make_plan(ada, hours_per_week="7").status_code == 303
    row = plan_of(sessions, people[ADA])
    assert row is not None
    assert row.hours_per_week == 7


@ON_SQLITE
def test_where_to_begin_skips_what_is_before_it(
    ada: TestClient, people: People, sessions: Sessions
) -> None:
    make_plan(ada, begin="place-an-order")
    row = plan_of(sessions, people[ADA])
    assert row is not None
    assert row.skipped == ["first-endpoint", "bookshop-search"]
    # The same track keeps it, another one does not; a made-up place is none.
    for sent, skipped in (({}, 2), ({"track": "fresher"}, 0), ({"begin": "nowhere"}, 0)):
        make_plan(ada, **sent)
        row = plan_of(sessions, people[ADA])
        assert row is not None
        assert len(row.skipped) == skipped


@ON_SQLITE
def test_the_form_shows_the_plan_there_is(ada: TestClient) -> None:
    make_plan(ada, weekday=["5"], time_zone="Asia/Kolkata", hours_per_week="9")
    page = ada.get("/plan/edit").text
    assert "Change your plan" in page
    assert '<option value="backend" selected>' in page
    assert '<option value="Asia/Kolkata" selected>' in page
    assert 'name="hours_per_week" value="9"' in page
    assert page.count(" checked") == 1


@ON_SQLITE
def test_another_track_says_that_it_replaces_the_plan(ada: TestClient) -> None:
    assert "replaces it" not in ada.get("/plan/edit?track=senior").text
    make_plan(ada)
    page = shown(ada.get("/plan/edit?track=senior").text)
    assert "You have a plan already: Backend. Saving this one replaces it" in page


@ON_SQLITE
@pytest.mark.parametrize(
    ("told", "suggested"),
    [
        (None, "UTC"),
        ("Asia/Kolkata", "Asia/Kolkata"),
        ("Etc/GMT+3", "UTC"),
        ("../etc/passwd", "UTC"),
    ],
)
def test_a_new_plan_suggests_the_zone_that_the_browser_has_told(
    ada: TestClient, told: str | None, suggested: str
) -> None:
    if told:
        give_cookie(ada, COOKIE, told)
    page = ada.get("/plan/edit").text
    assert re.findall(r'<option value="([\w/+-]+)" selected>', page)[-1] == suggested


DAY = timedelta(days=1)


@ON_SQLITE
@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("track", "", "Choose one of these tracks."),
        ("track", "nothing", "Choose one of these tracks."),
        ("hours_per_week", "0", "A week has 1 to 40 hours"),
        ("hours_per_week", "41", "A week has 1 to 40 hours"),
        ("hours_per_week", "2.5", "A week has 1 to 40 hours"),
        ("hours_per_week", "-3", "A week has 1 to 40 hours"),
        ("hours_per_week", "٣", "A week has 1 to 40 hours"),
        ("hours_per_week", "9" * 400, "A week has 1 to 40 hours"),
        ("goal_date", "", "That is no date."),
        ("goal_date", "31.12.2026", "That is no date."),
        ("goal_date", "2027-02-30", "That is no date."),
        ("goal_date", "0001-01-01", "A goal lies between tomorrow"),
        ("goal_date", "9999-12-31", "A goal lies between tomorrow"),
        ("goal_date", "2027-01-01\0", "That is no date."),
        ("time_zone", "", "Choose a time zone from the list."),
        ("time_zone", "Mars/Olympus", "Choose a time zone from the list."),
        ("time_zone", "../../etc/passwd", "Choose a time zone from the list."),
        ("weekday", "7", "Choose from the days of the week"),
        ("weekday", "\0", "Choose from the days of the week"),
    ],
)
def test_what_is_out_of_bounds_is_refused_in_words(
    ada: TestClient, people: People, sessions: Sessions, field: str, value: str, said: str
) -> None:
    answer = make_plan(ada, **{"weekday": ["1"], field: value})
    assert answer.status_code == 422
    assert said in shown(answer.text)
    assert answer.text.count('class="question-problem"') == 1
    assert plan_of(sessions, people[ADA]) is None
    for other, kept in fields().items():
        if other != field:
            assert kept in answer.text


@ON_SQLITE
def test_the_goal_lies_between_tomorrow_and_two_years_from_now(ada: TestClient) -> None:
    today = utc_now().astimezone(ZoneInfo("Europe/Berlin")).date()
    for goal, status in (
        (today, 422),
        (today + DAY, 303),
        (latest_goal(today), 303),
        (latest_goal(today) + DAY, 422),
    ):
        assert make_plan(ada, goal_date=goal.isoformat()).status_code == status, goal


@ON_SQLITE
def test_a_track_that_is_no_more_is_said(
    ada: TestClient, people: People, sessions: Sessions
) -> None:
    make_plan(ada)
    change(sessions, people[ADA], track="gone")
    assert "The track of your plan is no longer offered" in shown(ada.get("/plan").text)
    assert ada.get("/plan/edit").status_code == 200
    assert ada.post("/plan/skip", data={"challenge": "ticket-desk"}).status_code == 404
    assert make_plan(ada).status_code == 303


@ON_SQLITE
def test_it_needs_a_login(visitor: TestClient) -> None:
    assert visitor.get("/plan/edit").headers["location"].startswith("/sign-in")
    assert make_plan(visitor).headers["location"].startswith("/sign-in")


@ON_SQLITE
def test_nobody_changes_the_plan_of_others(
    ada: TestClient, mallory: TestClient, people: People, sessions: Sessions
) -> None:
    make_plan(ada)
    make_plan(mallory, track="senior", person_id=str(people[ADA].id))
    hers, theirs = plan_of(sessions, people[ADA]), plan_of(sessions, people[MALLORY])
    assert hers is not None
    assert theirs is not None
    assert (hers.track, theirs.track) == ("backend", "senior")
