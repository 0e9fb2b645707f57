"""The sweeper: what nobody holds is free again, and what the queue lost is announced again."""

from __future__ import annotations

import time
import uuid
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import redis
from celery import Celery
from sqlalchemy.orm import Session, sessionmaker

from portal.models import Person, State, Submission, utc_now
from portal.queue import QUEUE, any_worker, make_queue, make_redis
from portal.settings import Settings
from portal.submissions.sweeper import Sweeper
from tests.people import ADA, Someone
from tests.portal.handed_in import done, hand_in, running, stored
from tests.redis_server import RedisServer
from tests.worker import wait_until

Sessions = sessionmaker[Session]
People = dict[Someone, Person]
LONG_AGO = timedelta(minutes=10)


@pytest.fixture
def queue(settings: Settings) -> Iterator[Celery]:
    queue = make_queue(settings)
    yield queue
    pool: Any = queue.pool  # its types name a pool of producers
    pool.force_close_all()


@pytest.fixture
def sweeper(settings: Settings, sessions: Sessions, queue: Celery, broker: RedisServer) -> Sweeper:
    return Sweeper(settings, sessions, queue, broker.client, "w")


def announced(broker: RedisServer) -> list[str]:
    """What lies in the queue, the oldest first."""
    found: Any = broker.client.lrange(QUEUE, 0, -1)
    return list(reversed(found))


def waiting(sessions: Sessions, person: Person, ago: timedelta = LONG_AGO) -> Submission:
    """One that was announced some time ago and still waits."""
    then = utc_now() - ago
    return hand_in(sessions, person, submitted_at=then, nudged_at=then)


def lost(sessions: Sessions, person: Person, attempts: int = 1) -> Submission:
    """One whose worker is gone."""
    gone = running("examining", [{"name": "x"}]) | {"attempts": attempts}
    return hand_in(sessions, person, **gone | {"lease_until": utc_now() - timedelta(seconds=1)})


def test_what_the_queue_lost_is_announced_again(
    sweeper: Sweeper, people: People, sessions: Sessions, broker: RedisServer
) -> None:
    rows = [waiting(sessions, people[ADA], LONG_AGO - timedelta(seconds=n)) for n in range(3)]
    sweeper.sweep()
    messages = announced(broker)
    assert len(messages) == 3
    for row, message in zip(rows, messages, strict=True):
        assert str(row.id) in message
        nudged_at = stored(sessions, row.id).nudged_at
        assert nudged_at is not None
        assert utc_now() - nudged_at < timedelta(seconds=30)


def test_one_that_was_never_announced_is_announced_at_once(
    sweeper: Sweeper, people: People, sessions: Sessions, broker: RedisServer
) -> None:
    row = hand_in(sessions, people[ADA], nudged_at=None)
    sweeper.sweep()
    assert [str(row.id) in message for message in announced(broker)] == [True]


def test_what_was_announced_a_moment_ago_is_left_alone(
    sweeper: Sweeper, people: People, sessions: Sessions, broker: RedisServer
) -> None:
    hand_in(sessions, people[ADA])
    sweeper.sweep()
    assert announced(broker) == []


def test_sweeping_twice_announces_once(
    sweeper: Sweeper, people: People, sessions: Sessions, broker: RedisServer
) -> None:
    waiting(sessions, people[ADA])
    sweeper.sweep()
    sweeper.sweep()
    assert len(announced(broker)) == 1


def test_a_long_queue_is_not_made_longer(
    sweeper: Sweeper, people: People, sessions: Sessions, broker: RedisServer
) -> None:
    waiting(sessions, people[ADA])
    broker.client.lpush(QUEUE, "still here")
    sweeper.sweep()
    assert announced(broker) == ["still here"]


def test_what_is_done_or_in_good_hands_is_left_alone(
    sweeper: Sweeper, people: People, sessions: Sessions, broker: RedisServer
) -> None:
    rows = [hand_in(sessions, people[ADA], **columns) for columns in (running(), done())]
    sweeper.sweep()
    assert [stored(sessions, row.id).state for row in rows] == [State.RUNNING, State.DONE]
    assert announced(broker) == []


def test_what_a_dead_worker_held_is_free_and_announced_in_one_sweep(
    sweeper: Sweeper, people: People, sessions: Sessions, broker: RedisServer
) -> None:
    row = lost(sessions, people[ADA])
    sweeper.sweep()
    now = stored(sessions, row.id)
    assert (now.state, now.attempts, now.rows) == (State.QUEUED, 1, None)
    assert [str(row.id) in message for message in announced(broker)] == [True]


def test_what_failed_too_often_is_ended_and_not_announced(
    sweeper: Sweeper, people: People, sessions: Sessions, broker: RedisServer, settings: Settings
) -> None:
    row = lost(sessions, people[ADA], attempts=settings.max_attempts)
    sweeper.sweep()
    assert stored(sessions, row.id).verdict == "platform_error"
    assert announced(broker) == []


def test_leases_are_released_even_while_redis_is_away(
    settings: Settings, people: People, sessions: Sessions, queue: Celery
) -> None:
    row = lost(sessions, people[ADA])
    sweeper = Sweeper(settings, sessions, queue, make_redis(settings), "w")
    with pytest.raises(redis.RedisError):
        sweeper.sweep()
    assert stored(sessions, row.id).state is State.QUEUED


def test_it_gives_a_sign_of_life_that_ends(sweeper: Sweeper, broker: RedisServer) -> None:
    assert not any_worker(broker.client)
    sweeper.sweep()
    assert any_worker(broker.client)
    (key,) = broker.client.scan_iter("assay:worker:*")
    assert 0 < int(str(broker.client.ttl(key))) <= 16


def test_a_sweep_that_fails_does_not_end_the_sweeping(
    settings: Settings, people: People, sessions: Sessions, redis_server: RedisServer
) -> None:
    often = settings.model_copy(update={"sweep_seconds": 0.2})
    client = make_redis(often)
    sweeper = Sweeper(often, sessions, make_queue(often), client, uuid.uuid4().hex)
    redis_server.client.flushall()
    sweeper.start()
    try:
        time.sleep(0.5)
        settings.home.mkdir(exist_ok=True)
        settings.redis_socket.symlink_to(redis_server.settings.redis_socket)
        wait_until(lambda: any_worker(redis_server.client), 10, "the sweeper is back")
    finally:
        sweeper.stop()
        client.close()
