"""Leases: one grader at a time, one verdict for good, and nothing from who came too late."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, sessionmaker

from portal.database import reading
from portal.models import Attempt, Person, State, utc_now
from portal.submissions import lease, queries
from portal.submissions.lease import Claim
from tests.people import ADA, Someone
from tests.portal.handed_in import UNKNOWN, done, hand_in, running, stored

Sessions = sessionmaker[Session]
People = dict[Someone, Person]
SECONDS = 30.0
OUTCOME: dict[str, Any] = {
    "verdict": "passed",
    "score": 100,
    "max_score": 100,
    "result": {"message": None},
}


def claim(sessions: Sessions, submission_id: uuid.UUID, seconds: float = SECONDS) -> Claim | None:
    """What a worker does first."""
    with sessions.begin() as session:
        return lease.claim(session, submission_id, worker="w", now=utc_now(), seconds=seconds)


def held(sessions: Sessions, submission_id: uuid.UUID, seconds: float = SECONDS) -> Claim:
    """A claim that has to succeed."""
    found = claim(sessions, submission_id, seconds)
    assert found is not None
    return found


def finish(sessions: Sessions, mine: Claim, **changes: Any) -> bool:
    """Store a verdict."""
    with sessions.begin() as session:
        return lease.finish(session, mine, now=utc_now(), **(OUTCOME | changes))


def release_expired(sessions: Sessions, max_attempts: int = 3) -> list[bool]:
    """What the sweeper does with leases that ran out."""
    now = utc_now()
    with sessions.begin() as session:
        return [
            lease.release(session, row, now=now, max_attempts=max_attempts)
            for row in queries.expired(session, now)
        ]


def attempts(sessions: Sessions, submission_id: uuid.UUID) -> Sequence[Attempt]:
    """Every try at one submission, in order."""
    with reading(sessions) as session:
        return session.scalars(
            select(Attempt).where(Attempt.submission_id == submission_id).order_by(Attempt.number)
        ).all()


def test_a_claim_has_all_that_is_needed_to_grade(people: People, sessions: Sessions) -> None:
    row = hand_in(sessions, people[ADA])
    mine = held(sessions, row.id)
    assert (mine.submission_id, mine.number) == (row.id, 1)
    assert (mine.kind, mine.challenge, mine.files, mine.seed) == (
        row.kind,
        row.challenge,
        row.files,
        row.seed,
    )
    now = stored(sessions, row.id)
    assert (now.state, now.lease_token, now.attempts) == (State.RUNNING, mine.token, 1)
    (attempt,) = attempts(sessions, row.id)
    assert (attempt.token, attempt.number, attempt.outcome) == (mine.token, 1, None)


def test_of_two_at_once_only_one_may_grade(people: People, sessions: Sessions) -> None:
    start = threading.Barrier(2)

    def try_to_claim(submission_id: uuid.UUID) -> Claim | None:
        start.wait()
        return claim(sessions, submission_id)

    with ThreadPoolExecutor(2) as threads:
        for _ in range(20):
            row = hand_in(sessions, people[ADA])
            both = [threads.submit(try_to_claim, row.id) for _ in range(2)]
            claims = [each.result() for each in both]
            (won,) = [mine for mine in claims if mine is not None]
            assert stored(sessions, row.id).lease_token == won.token
            assert [attempt.token for attempt in attempts(sessions, row.id)] == [won.token]


@pytest.mark.parametrize("state", ["running", "done", "gone"])
def test_what_does_not_wait_cannot_be_claimed(
    people: People, sessions: Sessions, state: str
) -> None:
    columns = {"running": running(), "done": done(), "gone": {}}[state]
    row = hand_in(sessions, people[ADA], **columns)
    assert claim(sessions, UNKNOWN if state == "gone" else row.id) is None
    assert attempts(sessions, row.id) == []


def test_a_renewed_lease_does_not_run_out(people: People, sessions: Sessions) -> None:
    mine = held(sessions, hand_in(sessions, people[ADA]).id, seconds=-1)
    with sessions.begin() as session:
        assert lease.renew(session, mine, now=utc_now(), seconds=SECONDS)
    assert release_expired(sessions) == []
    assert finish(sessions, mine)


def test_a_lease_that_runs_is_left_alone(people: People, sessions: Sessions) -> None:
    row = hand_in(sessions, people[ADA])
    held(sessions, row.id)
    assert release_expired(sessions) == []
    assert stored(sessions, row.id).state is State.RUNNING


def test_a_lease_that_ran_out_is_free_again_and_was_an_attempt(
    people: People, sessions: Sessions
) -> None:
    row = hand_in(sessions, people[ADA])
    lost = held(sessions, row.id, seconds=-1)
    assert release_expired(sessions) == [True]
    now = stored(sessions, row.id)
    assert (now.state, now.lease_token, now.attempts) == (State.QUEUED, None, 1)
    assert now.nudged_at is None, "so the sweeper announces it at once"
    (attempt,) = attempts(sessions, row.id)
    assert (attempt.token, attempt.outcome) == (lost.token, "lost")
    assert attempt.ended_at is not None
    assert held(sessions, row.id).number == 2


def test_two_sweepers_release_a_lease_once(people: People, sessions: Sessions) -> None:
    row = hand_in(sessions, people[ADA])
    held(sessions, row.id, seconds=-1)
    with reading(sessions) as session:
        seen = list(queries.expired(session, utc_now()))
    released = []
    for _ in range(2):
        with sessions.begin() as session:
            done_now = lease.release(session, seen[0], now=utc_now(), max_attempts=3)
            released.append(done_now)
    assert released == [True, False]


def test_a_sweeper_that_looked_too_early_takes_nothing_from_the_next_grader(
    people: People, sessions: Sessions
) -> None:
    row = hand_in(sessions, people[ADA])
    held(sessions, row.id, seconds=-1)
    with reading(sessions) as session:
        (seen,) = queries.expired(session, utc_now())
    release_expired(sessions)
    second = held(sessions, row.id, seconds=-1)
    with sessions.begin() as session:
        assert not lease.release(session, seen, now=utc_now(), max_attempts=3)
    assert finish(sessions, second)


def test_after_the_last_attempt_it_is_our_fault_for_good(
    people: People, sessions: Sessions
) -> None:
    row = hand_in(sessions, people[ADA])
    for _ in range(3):
        held(sessions, row.id, seconds=-1)
        assert release_expired(sessions, max_attempts=3) == [True]
    now = stored(sessions, row.id)
    assert (now.state, now.verdict, now.score) == (State.DONE, "platform_error", None)
    assert now.stored_at is not None
    assert claim(sessions, row.id) is None
    assert [attempt.outcome for attempt in attempts(sessions, row.id)] == ["lost"] * 3


@pytest.mark.parametrize("claimed_again", [False, True])
def test_who_lost_the_lease_writes_nothing_any_more(
    people: People, sessions: Sessions, claimed_again: bool
) -> None:
    row = hand_in(sessions, people[ADA])
    late = held(sessions, row.id, seconds=-1)
    release_expired(sessions)
    second = held(sessions, row.id) if claimed_again else None
    before = stored(sessions, row.id)
    with sessions.begin() as session:
        now = utc_now()
        assert not lease.renew(session, late, now=now, seconds=SECONDS)
        assert not lease.record_progress(session, late, "examining", [{"name": "x"}])
        assert not lease.give_back(session, late, now=now, reason="x", max_attempts=1)
    assert not finish(sessions, late, verdict="failed", score=0)
    after = stored(sessions, row.id)
    for column in ("state", "lease_token", "lease_until", "verdict", "score", "phase", "rows"):
        assert getattr(after, column) == getattr(before, column), column
    assert attempts(sessions, row.id)[0].outcome == "lost"
    if second is not None:
        assert finish(sessions, second)
        assert stored(sessions, row.id).verdict == "passed"


def test_a_verdict_is_stored_once(people: People, sessions: Sessions) -> None:
    row = hand_in(sessions, people[ADA])
    mine = held(sessions, row.id)
    assert finish(sessions, mine)
    first = stored(sessions, row.id)
    assert not finish(sessions, mine, verdict="failed", score=0)
    now = stored(sessions, row.id)
    assert (now.state, now.verdict, now.score) == (State.DONE, "passed", 100)
    assert (now.lease_token, now.lease_until, now.phase, now.rows) == (None, None, None, None)
    assert now.stored_at == first.stored_at
    assert [attempt.outcome for attempt in attempts(sessions, row.id)] == ["passed"]


def test_of_two_that_finish_at_once_one_is_stored(people: People, sessions: Sessions) -> None:
    start = threading.Barrier(2)
    for _ in range(5):
        row = hand_in(sessions, people[ADA])
        mine = held(sessions, row.id)

        def try_to_finish(score: int, mine: Claim = mine) -> bool:
            start.wait()
            return finish(sessions, mine, score=score)

        with ThreadPoolExecutor(2) as threads:
            assert sorted(threads.map(try_to_finish, (10, 90))) == [False, True]
        assert len(attempts(sessions, row.id)) == 1


def test_what_is_given_back_waits_again_and_keeps_the_reason(
    people: People, sessions: Sessions
) -> None:
    row = hand_in(sessions, people[ADA])
    mine = held(sessions, row.id)
    with sessions.begin() as session:
        assert lease.give_back(session, mine, now=utc_now(), reason="no box", max_attempts=2)
    assert stored(sessions, row.id).state is State.QUEUED
    (attempt,) = attempts(sessions, row.id)
    assert (attempt.outcome, attempt.reason) == ("failed", "no box")
    second = held(sessions, row.id)
    with sessions.begin() as session:
        lease.give_back(session, second, now=utc_now(), reason="x" * 9999, max_attempts=2)
    assert stored(sessions, row.id).verdict == "platform_error"
    assert len(attempts(sessions, row.id)[1].reason or "") == lease.MAX_REASON


def test_a_new_attempt_shows_nothing_of_the_last_one(people: People, sessions: Sessions) -> None:
    row = hand_in(sessions, people[ADA])
    first = held(sessions, row.id, seconds=-1)
    with sessions.begin() as session:
        lease.record_progress(session, first, "examining", [{"name": "x"}], app_ready_at=utc_now())
    release_expired(sessions)
    held(sessions, row.id)
    now = stored(sessions, row.id)
    assert (now.phase, now.rows, now.app_ready_at) == (None, None, None)


@pytest.mark.parametrize(
    "broken",
    [
        {"state": State.DONE},
        {"verdict": "passed"},
        {"state": State.RUNNING},
        {"lease_token": UNKNOWN},
    ],
    ids=["done_without_verdict", "verdict_without_done", "running_without_lease", "idle_lease"],
)
def test_the_database_itself_refuses_what_cannot_be(
    people: People, sessions: Sessions, broken: dict[str, Any]
) -> None:
    with pytest.raises(IntegrityError):
        hand_in(sessions, people[ADA], **broken)
