"""The calendar of a plan: a secret address, a valid file, and nothing in it but the plan."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from icalendar import Calendar
from sqlalchemy.orm import Session, sessionmaker

from portal.models import Person, utc_now
from tests.clients import TestClient, shown
from tests.databases import ON_SQLITE
from tests.people import ADA, Someone
from tests.portal.handed_in import done, hand_in
from tests.portal.plans import answer_quiz, change, make_plan, plan_of

Sessions = sessionmaker[Session]
People = dict[Someone, Person]
MADE = re.compile(r'id="made"[^>]* value="([^"]+)"')


def new_address(client: TestClient, seen: str = "") -> str:
    """Make the secret address; returns its path."""
    answer = client.post("/plan/calendar", data={"seen": seen})
    assert answer.status_code == 200
    found = MADE.search(answer.text)
    assert found
    assert found[1].startswith("http://127.0.0.1:8000/plan/calendar/cal_")
    return found[1].removeprefix("http://127.0.0.1:8000")


def seen_by(client: TestClient) -> str:
    found = re.search(r'name="seen" value="([^"]*)"', client.get("/plan").text)
    assert found
    return found[1]


def read(client: TestClient, path: str) -> Calendar:
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    return Calendar.from_ical(answer.content)


def when(event: Any, name: str) -> date:
    """A moment of an event; a whole day is a date."""
    found: date = event[name].dt
    return found


def events(client: TestClient, path: str) -> dict[str, tuple[date, str]]:
    """The events by their ids: on which day, and what they say."""
    walked = read(client, path).walk("VEVENT")
    found = {str(each["uid"]): (when(each, "dtstart"), str(each["summary"])) for each in walked}
    assert len(found) == len(walked)
    return found


def step_of(event: tuple[date, str]) -> str:
    return event[1].partition(" (")[0]


@pytest.fixture
def path(ada: TestClient) -> str:
    make_plan(ada, weekday=["1", "5"])
    return new_address(ada)


def test_a_calendar_program_reads_the_plan_without_a_cookie(visitor: TestClient, path: str) -> None:
    calendar = read(visitor, path)
    assert (calendar["version"], calendar["prodid"]) == ("2.0", "-//Assay//Study plan//EN")
    today = utc_now().date() - timedelta(days=1)
    for event in calendar.walk("VEVENT"):
        start, end = when(event, "dtstart"), when(event, "dtend")
        assert (type(start), end - start) == (date, timedelta(days=1))
        assert isinstance(when(event, "dtstamp"), datetime)
        assert event["transp"] == "TRANSPARENT"
        if not str(event["summary"]).startswith("Goal"):
            assert start.weekday() in {1, 5}
            assert start >= today
    said = [str(event["summary"]) for event in calendar.walk("VEVENT")]
    assert any(each.startswith("The depot's status service (") for each in said)
    assert said[-1] == "Goal: Backend"


def test_lines_are_folded_and_end_as_the_format_wants(visitor: TestClient, path: str) -> None:
    content = visitor.get(path).content
    lines = content.split(b"\r\n")
    assert lines[-1] == b""
    assert all(len(line) <= 75 and b"\n" not in line for line in lines)


def test_it_has_nothing_of_the_person(visitor: TestClient, path: str, people: People) -> None:
    text = visitor.get(path).text
    for word in (ADA.email, ADA.name, str(people[ADA].id), people[ADA].id.hex):
        assert word not in text


def test_ids_stay_when_days_move(
    ada: TestClient, visitor: TestClient, path: str, people: People, sessions: Sessions
) -> None:
    before = events(visitor, path)
    hand_in(sessions, people[ADA], submitted_at=utc_now() - timedelta(weeks=3), **done())
    answer_quiz(sessions, people[ADA], "first-endpoint", 5, utc_now() - timedelta(weeks=3))
    after = events(visitor, path)
    assert after.keys() < before.keys()
    gone = {step_of(before[uid]) for uid in before.keys() - after.keys()}
    assert "The depot's status service" in gone
    assert all(step_of(before[uid]) == step_of(after[uid]) for uid in after)
    assert any(after[uid][0] < before[uid][0] for uid in after)


def test_a_paused_plan_has_its_goal_alone(ada: TestClient, visitor: TestClient, path: str) -> None:
    ada.post("/plan/pause")
    ((_day, said),) = events(visitor, path).values()
    assert said == "Goal: Backend (plan paused)"
    ada.post("/plan/resume")
    assert len(events(visitor, path)) > 5


@ON_SQLITE
def test_a_track_that_is_no_more_leaves_the_goal(
    visitor: TestClient, path: str, people: People, sessions: Sessions
) -> None:
    change(sessions, people[ADA], track="gone")
    assert [said for _day, said in events(visitor, path).values()] == ["Goal: study plan"]


def test_only_what_has_changed_is_sent_again(
    ada: TestClient, visitor: TestClient, path: str
) -> None:
    first = visitor.get(path)
    etag = first.headers["etag"]
    assert first.headers["cache-control"] == "private, no-cache"
    for sent in (etag, f'"other", W/{etag}', "*"):
        again = visitor.get(path, headers={"If-None-Match": sent})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == etag
    ada.post("/plan/skip", data={"challenge": "first-endpoint"})
    assert visitor.get(path, headers={"If-None-Match": etag}).status_code == 200


def test_the_address_is_shown_once_and_only_its_fingerprint_is_kept(
    ada: TestClient, path: str, people: People, sessions: Sessions
) -> None:
    token = path.rpartition("/")[2].removesuffix(".ics")
    assert token not in ada.get("/plan").text
    row = plan_of(sessions, people[ADA])
    assert row is not None
    assert row.feed_hash is not None
    assert token not in row.feed_hash
    assert row.feed_hash not in ada.get("/plan").text


def test_a_new_address_ends_the_old_one(ada: TestClient, visitor: TestClient, path: str) -> None:
    newer = new_address(ada, seen_by(ada))
    assert visitor.get(path).status_code == 404
    assert visitor.get(newer).status_code == 200


def test_a_form_that_comes_twice_does_not_end_what_was_just_copied(
    ada: TestClient, visitor: TestClient, path: str
) -> None:
    answer = ada.post("/plan/calendar", data={"seen": ""})
    assert answer.status_code == 409
    assert "got another address meanwhile" in shown(answer.text)
    assert visitor.get(path).status_code == 200


@pytest.mark.parametrize("way", ["revoke", "end", "delete"])
def test_it_can_be_taken_back(ada: TestClient, visitor: TestClient, path: str, way: str) -> None:
    if way == "delete":
        assert ada.post("/account/delete", data={"proof": ADA.password}).status_code == 303
    else:
        ada.post("/plan/end" if way == "end" else "/plan/calendar/drop")
    assert visitor.get(path).status_code == 404


@ON_SQLITE
@pytest.mark.parametrize("token", ["", "cal_", "made-up", "%00", "..%2f..", "x" * 3000, "é"])
def test_a_wrong_token_finds_nothing(ada: TestClient, path: str, token: str) -> None:
    assert ada.get(f"/plan/calendar/{token}.ics").status_code == 404


@ON_SQLITE
def test_it_can_only_be_read(visitor: TestClient, path: str) -> None:
    assert visitor.post(path).status_code == 405
    assert visitor.delete(path).status_code == 405


def test_the_address_of_the_form_leads_back_to_the_plan(ada: TestClient) -> None:
    answer = ada.get("/plan/calendar", follow_redirects=False)
    assert answer.status_code == 303
    assert answer.headers["location"] == "/plan"
