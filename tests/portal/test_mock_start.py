"""Choosing a mock interview and beginning it: once, on the server's clock, with nothing lost."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from fastapi import FastAPI
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, sessionmaker

from portal.catalog.library import Library
from portal.database import reading
from portal.models import Draft, DraftVersion, Mock, Person, Sitting, utc_now
from portal.practice.mock.service import MOST_A_DAY
from tests.clients import TestClient, browser, shown
from tests.people import ADA, Someone
from tests.portal.mocks import ALL, FORM, begin, let_time_pass, parts_of, save, sitting_of

Sessions = sessionmaker[Session]
People = dict[Someone, Person]


def count(sessions: Sessions) -> int:
    with reading(sessions) as session:
        return session.scalar(select(func.count()).select_from(Sitting)) or 0


def test_the_rules_are_told_before_it_begins(ada: TestClient) -> None:
    page = shown(ada.get(ALL).text)
    for rule in (
        "clock decides",
        "The best score counts",
        "It ends by itself",
        "begins from its starter",
        "closed meanwhile",
        "No camera",
    ):
        assert rule in page
    assert "None yet" in page


def test_it_begins_with_a_click_and_runs_as_long_as_was_chosen(
    ada: TestClient, sessions: Sessions
) -> None:
    before = utc_now()
    address = begin(ada)
    row = sitting_of(sessions, address)
    assert before <= row.started_at <= utc_now()
    assert row.ends_at - row.started_at == timedelta(minutes=30)
    page = ada.get(address)
    assert page.status_code == 200
    assert f'data-ends="{row.ends_at.isoformat()}"' in page.text
    assert "Not begun" in page.text


def test_a_second_click_leads_to_the_one_that_runs(ada: TestClient, sessions: Sessions) -> None:
    first = begin(ada)
    assert begin(ada, role="senior", minutes="90") == first
    assert count(sessions) == 1
    page = ada.get(ALL).text
    assert "An interview is under way" in page
    assert first in page


def test_clicks_at_the_same_moment_begin_one(
    app: FastAPI, people: People, sessions: Sessions
) -> None:
    clients = [browser(app, people[ADA]) for _ in range(4)]
    with ThreadPoolExecutor(4) as clicks:
        places = set(clicks.map(begin, clients))
    assert len(places) == 1
    assert count(sessions) == 1


def test_the_database_itself_takes_no_second_open_one(sessions: Sessions, people: People) -> None:
    now = utc_now()
    with pytest.raises(IntegrityError), sessions.begin() as session:
        for _ in range(2):
            session.add(Sitting(person_id=people[ADA].id, started_at=now, ends_at=now))
            session.flush()


def test_two_people_have_one_each(ada: TestClient, mallory: TestClient) -> None:
    assert begin(ada) != begin(mallory)


def test_the_next_one_closes_one_that_is_over(ada: TestClient, sessions: Sessions) -> None:
    old = begin(ada)
    let_time_pass(sessions, old)
    new = begin(ada)
    assert new != old
    assert sitting_of(sessions, old).closed_at is not None


def test_each_challenge_begins_from_its_starter_and_the_draft_before_is_kept(
    app: FastAPI, ada: TestClient, sessions: Sessions, people: People
) -> None:
    slugs = [package.slug for package in app.state.library]
    for slug in slugs:
        save(ada, people[ADA], slug, f"# mine: {slug}\n")
    (part, *_) = parts_of(sessions, begin(ada))
    with reading(sessions) as session:
        draft = session.get_one(Draft, (people[ADA].id, part.challenge))
        kept = session.get_one(DraftVersion, (people[ADA].id, part.challenge, 1))
    assert draft.files == dict(app.state.library.get(part.challenge).starter)
    assert draft.version == part.draft_version == 2
    assert kept.files == {"main.py": f"# mine: {part.challenge}\n"}
    versions = ada.get(f"/challenges/{part.challenge}/draft/versions").text
    assert "Starter, put here when an interview began" in versions


@pytest.mark.parametrize(
    "wrong",
    [
        {"role": ""},
        {"role": "boss"},
        {"level": "divine"},
        {"minutes": "31"},
        {"minutes": "9" * 400},
        {"minutes": "-1"},
        {"role": "a\0b"},
        {"level": "<b>"},
    ],
)
def test_what_is_not_on_offer_is_refused_and_the_rest_stays_chosen(
    ada: TestClient, sessions: Sessions, wrong: dict[str, str]
) -> None:
    answer = ada.post(ALL, data=FORM | wrong)
    assert answer.status_code == 422
    assert "Choose a" in answer.text
    kept = FORM | wrong
    assert (f'value="{FORM["role"]}" required checked' in answer.text) == ("role" not in wrong)
    assert (f'value="{FORM["minutes"]}" required checked' in answer.text) == (
        kept["minutes"] == FORM["minutes"]
    )
    assert count(sessions) == 0


def test_a_level_may_be_left_to_the_role(ada: TestClient, sessions: Sessions) -> None:
    begin(ada, level="", role="backend")
    with reading(sessions) as session:
        assert session.scalar(select(Mock.level)) == "common"


def test_an_empty_library_is_said(app: FastAPI, ada: TestClient, sessions: Sessions) -> None:
    root = app.state.settings.home / "none"
    root.mkdir(parents=True)
    app.state.library = Library(root)
    assert "no challenges on this site yet" in ada.get(ALL).text
    assert ada.post(ALL, data=FORM | {"level": ""}).status_code == 409
    assert count(sessions) == 0


def test_there_is_an_end_to_how_many_one_begins_a_day(
    ada: TestClient, sessions: Sessions, people: People
) -> None:
    now = utc_now()
    with sessions.begin() as session:
        for _ in range(MOST_A_DAY):
            session.add(
                Sitting(person_id=people[ADA].id, started_at=now, ends_at=now, closed_at=now)
            )
    answer = ada.post(ALL, data=FORM)
    assert answer.status_code == 429
    assert f"{MOST_A_DAY} mock interviews within a day" in answer.text


def test_it_needs_an_account(visitor: TestClient, sessions: Sessions) -> None:
    assert visitor.get(ALL).headers["location"].startswith("/sign-in")
    assert visitor.post(ALL, data=FORM).headers["location"].startswith("/sign-in")
    assert count(sessions) == 0


def test_somebody_elses_is_not_there(
    ada: TestClient, mallory: TestClient, visitor: TestClient, sessions: Sessions
) -> None:
    address = begin(ada)
    for path in ("", "/report", "/report.pdf"):
        assert mallory.get(address + path).status_code == 404
        assert visitor.get(address + path).status_code == 303
    for path in ("/end", "/questions/1", "/certificate"):
        assert mallory.post(address + path, data={"chosen": "0"}).status_code == 404
        assert visitor.post(address + path).status_code == 303
    assert sitting_of(sessions, address).closed_at is None
    for nowhere in ("nonsense", "00000000-0000-4000-8000-000000000000"):
        assert ada.get(f"{ALL}/{nowhere}").status_code == 404


def test_a_wrong_method_is_told(ada: TestClient) -> None:
    address = begin(ada)
    assert ada.post(address).status_code == 405
    assert ada.get(f"{address}/end").status_code == 405
