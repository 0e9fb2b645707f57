"""One's own progress: counted from what was handed in, and nobody else's."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any

import pytest
from fastapi import FastAPI
from sqlalchemy.orm import Session, sessionmaker

from portal.models import Person, ShownHint
from tests.clients import TestClient, give_cookie, shown
from tests.databases import statements
from tests.people import ADA, MALLORY, Someone
from tests.portal.handed_in import done, hand_in, running
from tests.portal.practised import PACKAGES, answered, ran, scored

Sessions = sessionmaker[Session]
People = dict[Someone, Person]
SLUG, SECOND, *_ = PACKAGES
FIRST = PACKAGES[SLUG]
NAMES = [each.name for each in FIRST.requirements]
TOTAL = sum(len(each.requirements) for each in PACKAGES.values())
NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def _noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("portal.practice.progress.pages.utc_now", lambda: NOW)


def text_of(client: TestClient, zone: str | None = None) -> str:
    """What the page says."""
    if zone is not None:
        give_cookie(client, "assay_zone", zone)
    answer = client.get("/progress")
    assert answer.status_code == 200
    return unescape(shown(answer.text))


def station(client: TestClient, slug: str) -> str:
    """What the map says of one challenge."""
    page = client.get("/progress").text
    found = re.search(rf'<a class="station[^>]*/challenges/{slug}">(.*?)</a>', page, re.DOTALL)
    assert found
    return unescape(shown(found[1]))


def test_somebody_new_sees_what_will_grow_and_one_way_to_begin(ada: TestClient) -> None:
    page = text_of(ada)
    assert f"Begin with “{FIRST.description.title}”" in page
    assert f"{TOTAL} requirements to master" in page
    assert ada.get("/progress").text.count("/challenges/") == 1
    assert "Days in a row" not in page


def test_the_map_tells_what_is_new_tried_and_solved(
    ada: TestClient, people: People, sessions: Sessions
) -> None:
    scored(sessions, people[ADA], SLUG, NOW - 3 * HOUR, ends={NAMES[0]: "failed"})
    scored(sessions, people[ADA], SLUG, NOW - 2 * HOUR, "failed")
    scored(sessions, people[ADA], SECOND, NOW - HOUR)
    best = 100 - FIRST.requirements[0].points
    assert f"Tried, best {best} of 100 · {len(NAMES) - 1}/{len(NAMES)}" in station(ada, SLUG)
    assert station(ada, SECOND).endswith("Solved")
    others = [station(ada, slug) for slug in PACKAGES if slug not in {SLUG, SECOND}]
    assert all(each.endswith("New") for each in others)
    assert f"Challenges solved 1 of {len(PACKAGES)}" in text_of(ada)


@pytest.mark.parametrize(
    "columns", [{}, running("examining"), done("platform_error") | {"score": None, "result": None}]
)
def test_what_is_not_graded_yet_is_tried_without_points(
    ada: TestClient, people: People, sessions: Sessions, columns: dict[str, Any]
) -> None:
    hand_in(sessions, people[ADA], challenge=SLUG, **columns | {"submitted_at": NOW})
    assert "Tried, no points yet" in station(ada, SLUG)
    assert f"Requirements mastered 0 of {TOTAL}" in text_of(ada)


def test_a_requirement_is_mastered_by_any_submission_of_any_version(
    ada: TestClient, people: People, sessions: Sessions
) -> None:
    one, two = NAMES[:2]
    scored(sessions, people[ADA], SLUG, NOW - 3 * HOUR, "failed", ends={one: "passed"})
    scored(
        sessions,
        people[ADA],
        SLUG,
        NOW - 2 * HOUR,
        "failed",
        ends={two: "passed"},
        challenge_version=1,
    )
    assert f"Requirements mastered 2 of {TOTAL}" in text_of(ada)
    assert f"2/{len(NAMES)}" in station(ada, SLUG)


def test_public_checks_master_nothing(ada: TestClient, people: People, sessions: Sessions) -> None:
    ran(sessions, people[ADA], SLUG, NOW)
    page = text_of(ada)
    assert f"Requirements mastered 0 of {TOTAL}" in page
    assert station(ada, SLUG).endswith("New")
    assert "0 submissions, 1 run and 0 quiz tries" in page


def test_what_no_challenge_knows_any_more_counts_as_activity_only(
    ada: TestClient, people: People, sessions: Sessions
) -> None:
    hand_in(sessions, people[ADA], challenge="long-gone", **done() | {"submitted_at": NOW})
    rows = [{"name": "renamed", "title": "Old", "status": "passed", "checks": []}]
    old = done("partial", requirements=rows) | {"score": 30, "submitted_at": NOW}
    hand_in(sessions, people[ADA], challenge=SLUG, **old)
    page = text_of(ada)
    assert f"Requirements mastered 0 of {TOTAL}" in page
    assert "2 submissions, runs and quizzes on 1 day" in page


@pytest.mark.parametrize("result", [{}, {"requirements": None}, {"requirements": []}])
def test_a_result_without_requirements_is_none(
    ada: TestClient, people: People, sessions: Sessions, result: dict[str, Any]
) -> None:
    columns = done("broken_challenge") | {"score": 0, "result": result, "submitted_at": NOW}
    hand_in(sessions, people[ADA], challenge=SLUG, **columns)
    assert f"Requirements mastered 0 of {TOTAL}" in text_of(ada)


def test_what_was_lost_most_often_is_named_and_what_is_open_comes_first(
    ada: TestClient, people: People, sessions: Sessions
) -> None:
    often, once = FIRST.requirements[:2]
    for hours in (5, 4, 3):
        scored(sessions, people[ADA], SLUG, NOW - hours * HOUR, ends={often.name: "timed_out"})
    scored(sessions, people[ADA], SLUG, NOW - 2 * HOUR, "not_run")
    assert f"{often.title} Lost 3 times." in text_of(ada)
    assert "Lost 4 times" not in text_of(ada)
    scored(sessions, people[ADA], SLUG, NOW - HOUR)
    page = text_of(ada)
    assert f"{often.title} Lost 3 times, mastered since" in page
    assert once.title not in page.partition("Worth another look")[2]
    html = ada.get("/progress").text
    assert f'href="/guide/{SLUG}"' in html.partition("Worth another look")[2]


def test_topics_add_up_over_their_challenges(
    ada: TestClient, people: People, sessions: Sessions
) -> None:
    scored(sessions, people[ADA], SLUG, NOW)
    topic = FIRST.description.topics[0]
    about = [each for each in PACKAGES.values() if topic in each.description.topics]
    total = sum(len(each.requirements) for each in about)
    assert f" {topic} {len(NAMES)} of {total} " in text_of(ada)


def test_the_best_go_at_a_quiz_counts(ada: TestClient, people: People, sessions: Sessions) -> None:
    for hours, right in ((3, 4), (2, 6), (1, 2)):
        answered(sessions, people[ADA], SLUG, NOW - hours * HOUR, right)
    page = text_of(ada)
    assert f"Quizzes taken 1 of {len(PACKAGES)} 1 with everything right" in page
    assert f"{FIRST.description.title} 6 of 6" in page


def test_days_are_those_of_the_browser(ada: TestClient, people: People, sessions: Sessions) -> None:
    scored(sessions, people[ADA], SLUG, datetime(2026, 11, 27, 22, 50, tzinfo=UTC))
    answered(sessions, people[ADA], SLUG, datetime(2026, 11, 27, 23, 10, tzinfo=UTC))
    utc = text_of(ada)
    assert "Days in a row 1 , longest 1" in utc
    assert "Days are counted in UTC: your browser has not named its time zone" in utc
    berlin = text_of(ada, "Europe/Berlin")
    assert "Days in a row 2 , longest 2 Today counts already." in berlin
    assert "Days are counted in Europe/Berlin, your browser" in berlin


@pytest.mark.parametrize("zone", ["../../etc/passwd", "<b>", "x" * 3000, '"', "Europe"])
def test_a_zone_that_is_none_is_utc(
    ada: TestClient, people: People, sessions: Sessions, zone: str
) -> None:
    ran(sessions, people[ADA], SLUG, NOW)
    assert "Days are counted in UTC" in text_of(ada, zone)


def test_every_day_says_what_was_done_on_it(
    ada: TestClient, people: People, sessions: Sessions
) -> None:
    for hours in (1, 2, 3):
        ran(sessions, people[ADA], SLUG, NOW - hours * HOUR)
    page = ada.get("/progress").text
    assert "<title>3 on Saturday, 28 November 2026</title>" in page
    assert "<title>Nothing on Friday, 27 November 2026</title>" in page
    assert len(re.findall(r"<g><title>", page)) == 52 * 7 - 1
    assert "November 2026 1 3 October 2026 0 0" in shown(page)


def test_the_next_step_is_what_was_tried_last(
    ada: TestClient, people: People, sessions: Sessions
) -> None:
    scored(sessions, people[ADA], SECOND, NOW - 3 * HOUR)
    scored(sessions, people[ADA], SLUG, NOW - 2 * HOUR, ends={NAMES[0]: "failed"})
    page = text_of(ada)
    assert f"Go on with “{FIRST.description.title}”" in page
    assert f"Not passed yet: {FIRST.requirements[0].title}." in page


def test_requirements_that_passed_one_by_one_are_to_pass_together(
    ada: TestClient, people: People, sessions: Sessions
) -> None:
    scored(sessions, people[ADA], SLUG, NOW - 2 * HOUR, ends={NAMES[0]: "failed"})
    scored(sessions, people[ADA], SLUG, NOW - HOUR, "failed", ends={NAMES[0]: "passed"})
    assert "Every requirement has passed already, now all of them in one" in text_of(ada)


def test_when_all_is_solved_it_says_so_warmly(
    ada: TestClient, people: People, sessions: Sessions
) -> None:
    for slug in PACKAGES:
        scored(sessions, people[ADA], slug, NOW - HOUR)
    assert "You have solved every challenge. Well done!" in text_of(ada)


def test_nobody_sees_anothers(
    ada: TestClient,
    mallory: TestClient,
    visitor: TestClient,
    people: People,
    sessions: Sessions,
) -> None:
    scored(sessions, people[ADA], SLUG, NOW)
    answered(sessions, people[ADA], SLUG, NOW)
    with sessions.begin() as session:
        session.add(ShownHint(person_id=people[ADA].id, challenge=SLUG, number=1))
    assert "This page grows with you" in text_of(mallory)
    assert "This page grows with you" not in text_of(ada)
    for address in ("/progress", "/progress.pdf"):
        answer = visitor.get(address)
        assert answer.status_code == 303
        assert "/sign-in" in answer.headers["location"]
        assert ada.post(address).status_code == 405
    ran(sessions, people[MALLORY], SECOND, NOW)
    assert station(mallory, SLUG).endswith("New")


def test_it_is_kept_nowhere_and_stores_nothing(
    app: FastAPI, ada: TestClient, people: People, sessions: Sessions
) -> None:
    scored(sessions, people[ADA], SLUG, NOW)
    with statements(app) as sent:
        first = ada.get("/progress")
        second = ada.get("/progress")
    assert first.headers["cache-control"] == "no-store"
    assert shown(first.text) == shown(second.text)
    assert all(each.startswith("SELECT") for each in sent)
    assert len(sent) <= 2 * 6


def test_a_long_result_is_not_read_whole(
    app: FastAPI, ada: TestClient, people: People, sessions: Sessions
) -> None:
    scored(sessions, people[ADA], SLUG, NOW)
    with statements(app) as sent:
        ada.get("/progress")
    (about,) = [each for each in sent if "FROM submissions" in each]
    columns = about.partition("FROM submissions")[0]
    assert "files" not in columns
    assert re.findall(r"submissions\.result\b(?!,| AS JSONB)", columns) == []


def test_a_library_without_challenges_offers_none(
    app: FastAPI, ada: TestClient, people: People, sessions: Sessions
) -> None:
    app.state.library._packages = {}
    assert "There are no challenges here yet" in text_of(ada)
    ran(sessions, people[ADA], SLUG, NOW)
    assert "Well done" not in text_of(ada)
