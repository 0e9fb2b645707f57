"""Twenty submissions, a worker that is killed and a Redis that dies: twenty verdicts, each once."""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from graders.verdict import Verdict
from portal.accounts.service import create_person, make_api_token
from portal.database import make_engine, migrate, reading, session_factory
from portal.models import Attempt, State, Submission
from portal.queue import any_worker
from portal.settings import Settings
from tests.journeys.conftest import StartPart, boxes_of
from tests.people import ADA
from tests.portal.handed_in import RIGHT, SLUG
from tests.redis_server import RedisServer
from tests.worker import wait_until, wait_until_empty

Sessions = sessionmaker[Session]
SUBMISSIONS = 20
READY_SECONDS = 60
DEADLINE_SECONDS = 120
# Long enough that a worker can be hit while it grades.
SLOW = f"import time\n\ntime.sleep(0.03)\n{RIGHT.partition(chr(10))[2]}"


@pytest.fixture
def settings(environment: dict[str, str]) -> Settings:
    """The settings of the parts, for looking into their database."""
    return Settings(home=Path(environment["ASSAY_HOME"]))


@pytest.fixture
def embedded(settings: Settings) -> Iterator[RedisServer]:
    """The Redis of this journey, which is going to be killed."""
    server = RedisServer(settings)
    server.start()
    yield server
    server.close()


@pytest.fixture
def database(settings: Settings) -> Iterator[Sessions]:
    """The database of the parts."""
    engine = make_engine(settings)
    yield session_factory(engine)
    engine.dispose()


@pytest.fixture
def bearer(settings: Settings, database: Sessions) -> str:
    """A bearer token of the only person of this portal."""
    migrate(settings)
    with database.begin() as session:
        ada = create_person(session, ADA.email, ADA.role)
        return make_api_token(session, ada.id, "journey")


def count(database: Sessions, state: State) -> int:
    """How many submissions are in this state."""
    with reading(database) as session:
        wanted = select(func.count()).where(Submission.state == state)
        return session.scalar(wanted) or 0


def is_in_the_middle(database: Sessions, done: int) -> bool:
    """Whether some are done, some wait, and one is graded right now."""
    return (
        count(database, State.DONE) >= done
        and count(database, State.RUNNING) > 0
        and count(database, State.QUEUED) > 0
    )


@pytest.fixture
def api(environment: dict[str, str], bearer: str) -> Iterator[httpx.Client]:
    """A program that uses the REST API."""
    base = f"http://127.0.0.1:{environment['ASSAY_PORT']}"
    headers = {"Authorization": f"Bearer {bearer}"}
    with httpx.Client(base_url=base, headers=headers, timeout=30) as client:
        yield client


def test_every_submission_gets_exactly_one_verdict(
    start: StartPart, embedded: RedisServer, database: Sessions, api: httpx.Client
) -> None:
    portal, first = start("portal"), start("worker")
    wait_until(lambda: answers(api), READY_SECONDS, f"the portal answers\n{portal.output}")
    wait_until(lambda: any_worker(embedded.client), READY_SECONDS, "the worker is ready")
    until = time.monotonic() + DEADLINE_SECONDS
    places = [handed_in(api) for _ in range(SUBMISSIONS)]

    wait_until(lambda: is_in_the_middle(database, 2), DEADLINE_SECONDS, "grading is under way")
    first.kill()
    assert count(database, State.RUNNING) > 0, "It was to die while it graded."
    second, before = start("worker"), count(database, State.DONE)

    wait_until(lambda: is_in_the_middle(database, before + 3), DEADLINE_SECONDS, "it goes on")
    embedded.kill()
    assert count(database, State.DONE) < SUBMISSIONS, "Redis was to die before the end."
    time.sleep(1)
    assert portal.runs
    assert second.runs
    embedded.start()

    wait_until(
        lambda: count(database, State.DONE) == SUBMISSIONS,
        until - time.monotonic(),
        f"all have a verdict\n{second.output}",
    )
    states = [api.get(place).json() for place in places]
    assert [(state["verdict"], state["score"]) for state in states] == [("passed", 100)] * 20
    assert_each_was_stored_once(database)
    assert "lost" in outcomes(database), "The killed worker's attempt must be counted."
    assert second.stop(signal.SIGTERM) == 0, second.output
    pids = {first.process.pid, second.process.pid}
    wait_until_empty(lambda: boxes_of(pids), 20, "boxes")


def handed_in(api: httpx.Client) -> str:
    """Hand the solution in; the answer is where its result can be read."""
    body = {"files": {"main.py": SLOW}}
    answer = api.post(f"/api/v1/challenges/{SLUG}/submissions", json=body)
    assert answer.status_code == 202, answer.text
    return answer.headers["location"]


def answers(api: httpx.Client) -> bool:
    """Whether the portal is up."""
    try:
        return api.get("/healthz").is_success
    except httpx.TransportError:
        return False


def outcomes(database: Sessions) -> list[str | None]:
    """How every attempt at any submission ended."""
    with reading(database) as session:
        return list(session.scalars(select(Attempt.outcome)))


def assert_each_was_stored_once(database: Sessions) -> None:
    """Exactly one attempt at each submission ended in a verdict, the one that is stored."""
    verdicts = [verdict.value for verdict in Verdict]
    with reading(database) as session:
        judged = session.execute(
            select(Attempt.submission_id, Attempt.outcome).where(Attempt.outcome.in_(verdicts))
        ).all()
        stored = session.execute(select(Submission.id, Submission.verdict)).all()
    assert len(judged) == SUBMISSIONS
    assert {tuple(row) for row in judged} == {tuple(row) for row in stored}
