"""A sitting ends by itself, once, and what was saved within the time is handed in as of the end."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from celery import Celery
from fastapi import FastAPI
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from portal.database import reading
from portal.drafts.thinning import RECENT_KEPT
from portal.models import DraftVersion, Person, Sitting, Submission, utc_now
from portal.queue import QUEUE, make_queue
from portal.settings import Settings
from portal.submissions.sweeper import Sweeper
from tests.clients import TestClient, shown
from tests.people import ADA, Someone
from tests.portal.handed_in import FILES, done
from tests.portal.mocks import (
    begin,
    hand_in_for,
    id_of,
    let_time_pass,
    parts_of,
    save,
    sitting_of,
)
from tests.redis_server import RedisServer

Sessions = sessionmaker[Session]
People = dict[Someone, Person]
MINE = "from fastapi import FastAPI\n\napp = FastAPI()  # mine\n"


@pytest.fixture
def queue(settings: Settings) -> Iterator[Celery]:
    queue = make_queue(settings)
    yield queue
    pool: Any = queue.pool
    pool.force_close_all()


@pytest.fixture
def sweeper(settings: Settings, sessions: Sessions, queue: Celery, broker: RedisServer) -> Sweeper:
    return Sweeper(settings, sessions, queue, broker.client, "w")


def handed_in(sessions: Sessions) -> list[Submission]:
    """Everything that is stored, the first one first."""
    with reading(sessions) as session:
        return list(session.scalars(select(Submission).order_by(Submission.submitted_at)))


def end_here(sessions: Sessions, address: str) -> None:
    """The time is over now."""
    with sessions.begin() as session:
        session.get_one(Sitting, id_of(address)).ends_at = utc_now()


def let_worker_come(sessions: Sessions, address: str, *sweepers: Sweeper) -> None:
    """Sweep when what was on its way at the end must have arrived: all moments move back."""
    back = timedelta(seconds=30)
    with sessions.begin() as session:
        sitting = session.get_one(Sitting, id_of(address))
        sitting.started_at -= back
        sitting.ends_at -= back
        for version in session.scalars(select(DraftVersion)):
            version.saved_at -= back
        for row in session.scalars(select(Submission)):
            row.submitted_at -= back
    with ThreadPoolExecutor(4) as workers:
        list(workers.map(Sweeper.sweep, sweepers))


def test_what_was_last_saved_is_handed_in_once_as_of_the_end(
    ada: TestClient, sessions: Sessions, people: People, sweeper: Sweeper, broker: RedisServer
) -> None:
    address = begin(ada)
    (part, *_) = parts_of(sessions, address)
    save(ada, people[ADA], part.challenge, MINE)
    end_here(sessions, address)
    let_worker_come(sessions, address, sweeper)
    (made,) = handed_in(sessions)
    sitting = sitting_of(sessions, address)
    assert made.files == {"main.py": MINE}
    assert made.submitted_at == sitting.ends_at
    assert sitting.closed_at is not None
    (kept, *_) = parts_of(sessions, address)
    assert (kept.handed_in_id, kept.refused) == (made.id, None)
    assert kept.began_at is not None
    messages: Any = broker.client.lrange(QUEUE, 0, -1)
    assert [str(made.id) in message for message in messages] == [True]
    sweeper.sweep()
    assert len(handed_in(sessions)) == 1
    page = shown(ada.get(f"{address}/report").text)
    assert "Your last saved code was handed in for you at the end." in page


def test_a_moment_after_the_end_there_is_still_time_to_arrive(
    ada: TestClient, sessions: Sessions, sweeper: Sweeper
) -> None:
    address = begin(ada)
    let_time_pass(sessions, address, timedelta(0))
    sweeper.sweep()
    assert sitting_of(sessions, address).closed_at is None
    assert ada.get(address).headers["location"] == f"{address}/report"
    assert "is being handed in now" in ada.get(f"{address}/report").text


def test_one_that_runs_is_left_alone(
    ada: TestClient, sessions: Sessions, people: People, sweeper: Sweeper
) -> None:
    address = begin(ada)
    (part, *_) = parts_of(sessions, address)
    save(ada, people[ADA], part.challenge, MINE)
    sweeper.sweep()
    assert sitting_of(sessions, address).closed_at is None
    assert handed_in(sessions) == []


def test_a_starter_that_nobody_touched_is_not_handed_in(
    ada: TestClient, sessions: Sessions
) -> None:
    address = begin(ada)
    assert ada.post(f"{address}/end").status_code == 303
    assert handed_in(sessions) == []
    assert "Nothing was handed in" in ada.get(f"{address}/report").text


def test_the_same_code_is_not_handed_in_again(
    ada: TestClient, sessions: Sessions, people: People
) -> None:
    address = begin(ada)
    (part, *_) = parts_of(sessions, address)
    save(ada, people[ADA], part.challenge, MINE)
    hand_in_for(sessions, people[ADA], part, files={"main.py": MINE}, **done())
    ada.post(f"{address}/end")
    assert len(handed_in(sessions)) == 1


def test_code_that_changed_since_the_last_hand_in_is(
    ada: TestClient, sessions: Sessions, people: People
) -> None:
    address = begin(ada)
    (part, *_) = parts_of(sessions, address)
    hand_in_for(sessions, people[ADA], part, files=FILES, **done())
    save(ada, people[ADA], part.challenge, MINE)
    ada.post(f"{address}/end")
    assert [row.files for row in handed_in(sessions)] == [FILES, {"main.py": MINE}]


def test_what_is_typed_after_the_end_changes_nothing_however_much_it_is(
    ada: TestClient, sessions: Sessions, people: People, sweeper: Sweeper
) -> None:
    address = begin(ada)
    (part, *_) = parts_of(sessions, address)
    save(ada, people[ADA], part.challenge, MINE)
    end_here(sessions, address)
    for step in range(2, RECENT_KEPT + 12):
        save(ada, people[ADA], part.challenge, f"# too late {step}\n", step)
    let_worker_come(sessions, address, sweeper)
    assert [row.files for row in handed_in(sessions)] == [{"main.py": MINE}]


def test_what_cannot_be_handed_in_is_said_and_the_rest_goes_on(
    ada: TestClient, sessions: Sessions, people: People
) -> None:
    address = begin(ada)
    (part, *_) = parts_of(sessions, address)
    there = ada.get(f"/challenges/{part.challenge}/draft").json()["version"]
    sent = {"person": str(people[ADA].id), "files": {"notes.txt": "no app here"}}
    ada.put(
        f"/challenges/{part.challenge}/draft",
        json=sent | {"based_on": there, "writer": "a tab", "step": 1},
    )
    ada.post(f"{address}/end")
    assert handed_in(sessions) == []
    (kept, *_) = parts_of(sessions, address)
    assert kept.refused
    assert not kept.refused_by_us
    assert "Your last saved code was not handed in" in ada.get(f"{address}/report").text


def test_a_challenge_that_is_gone_costs_nothing(
    app: FastAPI, ada: TestClient, sessions: Sessions, people: People
) -> None:
    address = begin(ada)
    (part, *_) = parts_of(sessions, address)
    save(ada, people[ADA], part.challenge, MINE)
    del app.state.library._packages[part.challenge]
    ada.post(f"{address}/end")
    (kept, *_) = parts_of(sessions, address)
    assert kept.refused_by_us
    page = shown(ada.get(f"{address}/report").text)
    assert "which is our mistake. It is left out of the total" in page
    assert "Points 0 /0" in page
    assert "/0" in shown(ada.get("/mock-interviews").text)


def test_workers_that_come_at_the_same_time_hand_in_once(
    ada: TestClient,
    sessions: Sessions,
    people: People,
    settings: Settings,
    queue: Celery,
    broker: RedisServer,
) -> None:
    address = begin(ada)
    (part, *_) = parts_of(sessions, address)
    save(ada, people[ADA], part.challenge, MINE)
    end_here(sessions, address)
    sweepers = [Sweeper(settings, sessions, queue, broker.client, f"w{n}") for n in range(4)]
    let_worker_come(sessions, address, *sweepers)
    assert len(handed_in(sessions)) == 1


def test_ending_twice_is_ending_once(ada: TestClient, sessions: Sessions, people: People) -> None:
    address = begin(ada)
    (part, *_) = parts_of(sessions, address)
    save(ada, people[ADA], part.challenge, MINE)
    places = {ada.post(f"{address}/end").headers["location"] for _ in range(2)}
    assert places == {f"{address}/report"}
    first = sitting_of(sessions, address)
    ada.post(f"{address}/end")
    again = sitting_of(sessions, address)
    assert (again.ends_at, again.closed_at) == (first.ends_at, first.closed_at)
    assert len(handed_in(sessions)) == 1


def test_ending_early_asks_first_and_gives_the_rest_up(ada: TestClient, sessions: Sessions) -> None:
    address = begin(ada)
    assert "It ends for good" in shown(ada.get(address).text)
    planned = sitting_of(sessions, address).ends_at
    ada.post(f"{address}/end")
    row = sitting_of(sessions, address)
    assert row.ends_at == row.closed_at
    assert row.ends_at < planned


def test_a_crash_half_way_leaves_it_open_for_the_next_sweep(
    ada: TestClient,
    sessions: Sessions,
    people: People,
    sweeper: Sweeper,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    address = begin(ada)
    (part, *_) = parts_of(sessions, address)
    save(ada, people[ADA], part.challenge, MINE)
    end_here(sessions, address)

    def crash(*_: object) -> None:
        raise OSError("the machine went away")

    with monkeypatch.context() as patch:
        patch.setattr("portal.sittings.ending._hand_in", crash)
        with pytest.raises(OSError, match="went away"):
            let_worker_come(sessions, address, sweeper)
    assert sitting_of(sessions, address).closed_at is None
    sweeper.sweep()
    assert len(handed_in(sessions)) == 1


@pytest.mark.usefixtures("broker")
def test_somebody_deletes_the_account_meanwhile(
    ada: TestClient, sessions: Sessions, people: People, sweeper: Sweeper
) -> None:
    address = begin(ada)
    let_time_pass(sessions, address)
    with sessions.begin() as session:
        session.delete(session.get_one(Person, people[ADA].id))
    sweeper.sweep()
    assert handed_in(sessions) == []
