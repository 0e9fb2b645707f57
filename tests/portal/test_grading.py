"""What a worker does with an id: grade it under a lease, and store one verdict."""

from __future__ import annotations

import threading
import time
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, cast

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from graders.attempt import Plan, refused
from graders.errors import ExaminerLost
from graders.examiner import Examiner
from graders.grade import Grader
from graders.package import Package
from graders.verdict import Result
from portal.database import reading
from portal.models import Attempt, Kind, Person, Role, State, Submission, utc_now
from portal.queue import make_redis
from portal.settings import Settings
from portal.submissions import lease, queries
from portal.submissions.grading import Grading
from sandbox.backends.process import ProcessSandbox
from sandbox.errors import BoxUnavailable
from tests.databases import ON_SQLITE
from tests.people import ADA, Someone
from tests.portal.handed_in import RIGHT, UNKNOWN, done, hand_in, stored
from tests.redis_server import RedisServer

Sessions = sessionmaker[Session]
People = dict[Someone, Person]
Deed = Callable[[], None]
Worker = Callable[..., Grading]


class ScriptedGrader:
    """Does what a test says in place of an examination; for failures that are ours."""

    isolates = True

    def __init__(self, deed: Deed = lambda: None) -> None:
        self.deed = deed
        self.graded = 0

    def grade(self, package: Package, files: Mapping[str, str], *, seed: int, **_: Any) -> Result:
        """Do the deed, then say that the files were refused."""
        self.graded += 1
        self.deed()
        return refused(Plan(package, "hidden", seed, False), "Not today.")


@pytest.fixture(scope="module")
def examiner() -> Iterator[Examiner]:
    examiner = Examiner()
    yield examiner
    examiner.close()


@pytest.fixture
def alone(sessions: Sessions) -> Person:
    """The only person of this portal, who may use plain processes."""
    person = Person(email="you@assay.localhost", name="You", role=Role.ADMIN)
    with sessions.begin() as session:
        session.add(person)
    return person


@pytest.fixture
def worker(settings: Settings, sessions: Sessions) -> Iterator[Worker]:
    """Makes the part of a worker that grades, with the settings of this test or others."""
    client = make_redis(settings)

    def make(grader: object, **changes: object) -> Grading:
        changed = settings.model_copy(update=changes)
        return Grading(changed, sessions, client, cast(Grader, grader), "w")

    yield make
    client.close()


def attempts(sessions: Sessions, submission_id: uuid.UUID) -> Sequence[Attempt]:
    """Every try at one submission, in order."""
    wanted = select(Attempt).where(Attempt.submission_id == submission_id)
    with reading(sessions) as session:
        return session.scalars(wanted.order_by(Attempt.number)).all()


def take_away(sessions: Sessions, submission_id: uuid.UUID) -> None:
    """Let somebody else have it, as if the lease had run out."""
    with sessions.begin() as session:
        row = session.get_one(Submission, submission_id)
        row.lease_until = utc_now()
        session.flush()
        assert lease.release(session, row, now=utc_now(), max_attempts=9)


def test_a_right_solution_is_graded_from_row_to_verdict(
    worker: Worker, sessions: Sessions, alone: Person, broker: RedisServer, examiner: Examiner
) -> None:
    row = hand_in(sessions, alone, files={"main.py": RIGHT})
    seen: list[tuple[str, str | None]] = []
    heard: Any = broker.client.pubsub()  # type: ignore[no-untyped-call]
    heard.subscribe("assay:changed")
    grader = Grader(ProcessSandbox(), examiner)
    worker(grader).grade(row.id)
    now = stored(sessions, row.id)
    assert (now.state, now.verdict, now.score, now.max_score) == (State.DONE, "passed", 100, 100)
    moments = [now.submitted_at, now.started_at, now.app_ready_at, now.examined_at, now.stored_at]
    assert None not in moments
    assert moments == sorted(moment for moment in moments if moment is not None)
    assert now.result is not None
    assert [each["status"] for each in now.result["requirements"]] == ["passed"] * 6
    assert [attempt.outcome for attempt in attempts(sessions, row.id)] == ["passed"]
    while (message := heard.get_message(timeout=0.2)) is not None:
        seen.append((message["type"], message["data"]))
    heard.close()
    assert seen.count(("message", str(row.id))) >= 4, "claimed, starting, examining, done"


@ON_SQLITE
def test_a_run_has_the_public_checks_only(
    worker: Worker, sessions: Sessions, alone: Person, broker: RedisServer, examiner: Examiner
) -> None:
    row = hand_in(sessions, alone, files={"main.py": RIGHT}, kind=Kind.RUN)
    worker(Grader(ProcessSandbox(), examiner)).grade(row.id)
    now = stored(sessions, row.id)
    assert (now.verdict, now.score, now.max_score) == ("passed", 0, 0)
    assert now.result is not None
    assert [each["name"] for each in now.result["requirements"]] == ["test_examples"]


@ON_SQLITE
def test_plain_processes_grade_nobody_once_there_is_a_second_person(
    worker: Worker, sessions: Sessions, people: People, broker: RedisServer, examiner: Examiner
) -> None:
    row = hand_in(sessions, people[ADA], files={"main.py": RIGHT})
    worker(Grader(ProcessSandbox(), examiner)).grade(row.id)
    assert stored(sessions, row.id).state is State.QUEUED
    (attempt,) = attempts(sessions, row.id)
    assert attempt.outcome == "failed"
    assert "more than one person" in (attempt.reason or "")


@ON_SQLITE
def test_plain_processes_grade_nobody_where_others_can_reach_the_portal(
    worker: Worker, sessions: Sessions, alone: Person, broker: RedisServer, examiner: Examiner
) -> None:
    row = hand_in(sessions, alone, files={"main.py": RIGHT})
    everywhere = "0.0.0.0"  # noqa: S104  (never bound)
    worker(Grader(ProcessSandbox(), examiner), host=everywhere).grade(row.id)
    assert stored(sessions, row.id).state is State.QUEUED
    assert [attempt.outcome for attempt in attempts(sessions, row.id)] == ["failed"]


@pytest.mark.parametrize("error", [BoxUnavailable("no box"), ExaminerLost("no examiner")])
def test_a_failure_of_ours_is_tried_again_and_then_said(
    worker: Worker,
    sessions: Sessions,
    people: People,
    broker: RedisServer,
    error: Exception,
) -> None:
    def fail() -> None:
        raise error

    row = hand_in(sessions, people[ADA])
    grading = worker(ScriptedGrader(fail))
    for number in (1, 2):
        grading.grade(row.id)
        now = stored(sessions, row.id)
        assert (now.state, now.attempts, now.verdict) == (State.QUEUED, number, None)
    grading.grade(row.id)
    assert stored(sessions, row.id).verdict == "platform_error"
    tried = attempts(sessions, row.id)
    assert [(attempt.outcome, attempt.reason) for attempt in tried] == [("failed", str(error))] * 3
    grading.grade(row.id)
    assert len(attempts(sessions, row.id)) == 3


@ON_SQLITE
def test_a_mistake_of_ours_leaves_the_lease_to_run_out(
    worker: Worker, sessions: Sessions, people: People, broker: RedisServer
) -> None:
    def fail() -> None:
        raise RuntimeError("a bug")

    row = hand_in(sessions, people[ADA])
    with pytest.raises(RuntimeError):
        worker(ScriptedGrader(fail)).grade(row.id)
    assert stored(sessions, row.id).state is State.RUNNING
    assert [thread for thread in threading.enumerate() if thread.name == "renew-lease"] == []


@ON_SQLITE
@pytest.mark.parametrize("which", ["running", "done", "gone"])
def test_an_old_nudge_grades_nothing(
    worker: Worker, sessions: Sessions, people: People, broker: RedisServer, which: str
) -> None:
    row = hand_in(sessions, people[ADA], **(done() if which == "done" else {}))
    grader = ScriptedGrader()
    if which == "running":
        with sessions.begin() as session:
            lease.claim(session, row.id, worker="other", now=utc_now(), seconds=60)
    worker(grader).grade(UNKNOWN if which == "gone" else row.id)
    assert grader.graded == 0


def test_the_result_of_a_lost_lease_is_dropped(
    worker: Worker, sessions: Sessions, people: People, broker: RedisServer
) -> None:
    row = hand_in(sessions, people[ADA])
    grader = ScriptedGrader(lambda: take_away(sessions, row.id))
    worker(grader).grade(row.id)
    now = stored(sessions, row.id)
    assert (now.state, now.verdict, now.result) == (State.QUEUED, None, None)
    assert [attempt.outcome for attempt in attempts(sessions, row.id)] == ["lost"]
    worker(ScriptedGrader()).grade(row.id)
    assert stored(sessions, row.id).verdict == "rejected"
    assert [attempt.outcome for attempt in attempts(sessions, row.id)] == ["lost", "rejected"]


def test_a_long_examination_keeps_its_lease(
    worker: Worker, sessions: Sessions, people: People, broker: RedisServer
) -> None:
    row = hand_in(sessions, people[ADA])
    seen: list[int] = []

    def take_long() -> None:
        for _ in range(8):
            time.sleep(0.4)
            with reading(sessions) as session:
                seen.append(len(queries.expired(session, utc_now())))

    worker(ScriptedGrader(take_long), lease_seconds=1.5).grade(row.id)
    assert seen == [0] * 8
    assert stored(sessions, row.id).verdict == "rejected"


@ON_SQLITE
def test_without_redis_it_is_graded_all_the_same(
    worker: Worker, sessions: Sessions, people: People
) -> None:
    row = hand_in(sessions, people[ADA])
    worker(ScriptedGrader()).grade(row.id)
    assert stored(sessions, row.id).verdict == "rejected"


@ON_SQLITE
def test_a_challenge_that_is_gone_is_not_charged(
    worker: Worker, sessions: Sessions, people: People, broker: RedisServer
) -> None:
    row = hand_in(sessions, people[ADA], challenge="no-more")
    worker(ScriptedGrader()).grade(row.id)
    assert [attempt.outcome for attempt in attempts(sessions, row.id)] == ["failed"]
    assert stored(sessions, row.id).score is None
