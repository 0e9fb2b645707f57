"""Mallory reaches the broker: what is no JSON is never opened, and the worker lives on."""

from __future__ import annotations

import base64
import json
import pickle
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session, sessionmaker

from portal.accounts.service import create_person
from portal.database import make_engine, migrate, session_factory
from portal.models import Person, State
from portal.queue import GRADE, QUEUE, any_worker, make_queue, nudge
from portal.settings import Settings
from tests.journeys.conftest import StartPart
from tests.people import ADA
from tests.portal.handed_in import RIGHT, hand_in, stored
from tests.redis_server import RedisServer
from tests.worker import wait_until

READY_SECONDS = 60


class Trap:
    """Touches a file when somebody unpickles it."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[Any, ...]:
        return (Path.touch, (self.path,))


@pytest.fixture
def settings(environment: dict[str, str]) -> Settings:
    environment["ASSAY_SANDBOX"] = "process"
    return Settings(home=Path(environment["ASSAY_HOME"]))


@pytest.fixture
def embedded(settings: Settings) -> Iterator[RedisServer]:
    server = RedisServer(settings)
    server.start()
    yield server
    server.close()


@pytest.fixture
def database(settings: Settings) -> Iterator[sessionmaker[Session]]:
    migrate(settings)
    engine = make_engine(settings)
    yield session_factory(engine)
    engine.dispose()


@pytest.fixture
def ada(database: sessionmaker[Session]) -> Person:
    with database.begin() as session:
        return create_person(session, ADA.email, ADA.role)


def message(body: bytes, kind: str, task: str = GRADE) -> str:
    """A message as Celery puts it into Redis, with a body and a content type of one's own."""
    identity = str(uuid.uuid4())
    return json.dumps(
        {
            "body": base64.b64encode(body).decode(),
            "content-encoding": "binary" if "python" in kind else "utf-8",
            "content-type": kind,
            "headers": {"lang": "py", "task": task, "id": identity, "root_id": identity},
            "properties": {
                "correlation_id": identity,
                "delivery_mode": 2,
                "delivery_info": {"exchange": "", "routing_key": QUEUE},
                "priority": 0,
                "body_encoding": "base64",
                "delivery_tag": identity,
            },
        }
    )


def call(*arguments: object) -> bytes:
    """The body of a message that calls the task with these arguments."""
    return json.dumps([list(arguments), {}, {}]).encode()


def test_the_worker_refuses_it_and_grades_the_next_one(
    start: StartPart,
    embedded: RedisServer,
    settings: Settings,
    database: sessionmaker[Session],
    ada: Person,
    tmp_path: Path,
) -> None:
    trap = tmp_path / "sprung"
    pickled = pickle.dumps(([Trap(trap)], {}, {}))
    worker = start("worker")
    wait_until(lambda: any_worker(embedded.client), READY_SECONDS, "the worker is ready")
    for poison in (
        message(pickled, "application/x-python-serialize"),
        message(pickled, "application/json"),
        message(b"!!python/object/apply:os.system [id]", "application/x-yaml"),
        message(b"[" * 5000, "application/json"),
        message(call("not an id"), "application/json"),
        message(call(), "application/json"),
        message(call(str(uuid.uuid4()), "extra"), "application/json"),
        message(call(str(uuid.uuid4())), "application/json"),
        message(call("x"), "application/json", task="os.system"),
    ):
        embedded.client.lpush(QUEUE, poison)
    row = hand_in(database, ada, files={"main.py": RIGHT})
    queue = make_queue(settings)
    nudge(queue, row.id)
    queue.close()
    wait_until(
        lambda: stored(database, row.id).state is State.DONE,
        READY_SECONDS,
        f"the good one is graded\n{worker.output[-3000:]}",
    )
    assert stored(database, row.id).verdict == "passed"
    assert worker.runs
    assert not trap.exists(), "A pickle was opened."
    wait_until(lambda: embedded.client.llen(QUEUE) == 0, 20, "the queue is empty")
    pickle.loads(pickled)  # noqa: S301  (our own: the trap does work)
    assert trap.exists()
