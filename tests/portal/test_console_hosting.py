"""What a worker does with a console: run it, answer, and end it in time and with a reason."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from typing import Any, cast

import pytest
from sqlalchemy.orm import Session, sessionmaker

from graders.asked import Asked
from graders.console import Answer
from graders.courier_lines import Answered
from graders.package import Package
from portal.console import hosting, limits
from portal.console.host import ConsoleHost
from portal.console.words import UNANSWERED
from portal.models import Console, ConsoleState, Person, Role, utc_now
from portal.queue import make_redis
from portal.settings import Settings
from sandbox.backends.process import ProcessSandbox
from sandbox.box import Sandbox
from sandbox.errors import BoxUnavailable
from tests.clients import TestClient, browser
from tests.databases import ON_SQLITE
from tests.people import ADA, Someone
from tests.portal.consoles import PAGE, asked, consoles, open_console, ready, requests
from tests.redis_server import RedisServer
from tests.worker import wait_until

Sessions = sessionmaker[Session]
People = dict[Someone, Person]
Host = Callable[..., ConsoleHost]
SECONDS = 30
APP = """
from fastapi import FastAPI

app = FastAPI()


@app.get("/health")
def health():
    return {"fine": True}
"""
OPEN = {"answered_at": None, "status": None, "answer": None}


class ScriptedConsole:
    """Stands in for an app in a box: answers with what it was asked."""

    opened: list[ScriptedConsole]

    def __init__(self, sandbox: Sandbox, package: Package, files: Mapping[str, str]) -> None:
        if "fail" in files["main.py"]:
            raise BoxUnavailable("no box")
        self.is_closed = False
        self.opened.append(self)

    def ask(self, request: Asked) -> Answer:
        return Answer(Answered(status=200, body=request.target, output="printed"))

    def reference(self) -> None:
        return None

    def close(self) -> None:
        self.is_closed = True


class Walled:
    """A sandbox that nothing is asked of."""

    isolates = True


@pytest.fixture
def scripted(monkeypatch: pytest.MonkeyPatch) -> list[ScriptedConsole]:
    """No box is opened: what counts here is the row."""
    ScriptedConsole.opened = []
    monkeypatch.setattr(hosting, "RunningConsole", ScriptedConsole)
    monkeypatch.setattr(hosting, "LOOK_SECONDS", 0.1)
    return ScriptedConsole.opened


@pytest.fixture
def host(settings: Settings, sessions: Sessions, broker: RedisServer) -> Iterator[Host]:
    """A worker's consoles on any sandbox; stopped at the end."""
    client = make_redis(settings)
    made: list[ConsoleHost] = []

    def start(sandbox: object = None, **changes: object) -> ConsoleHost:
        changed = settings.model_copy(update={"sweep_seconds": 0.2} | changes)
        made.append(ConsoleHost(changed, sessions, client, cast(Sandbox, sandbox or Walled())))
        made[-1].start()
        return made[-1]

    yield start
    for each in made:
        each.stop()
    client.close()


def state(sessions: Sessions) -> tuple[str, str | None]:
    """How the newest console stands."""
    row = consoles(sessions)[-1]
    return row.state.value, row.ending


def change(sessions: Sessions, **columns: Any) -> None:
    """Write into the newest console, as time or somebody else would."""
    with sessions.begin() as session:
        row = session.get_one(Console, consoles(sessions)[-1].id)
        for name, value in columns.items():
            setattr(row, name, value)


def wait_for(sessions: Sessions, wanted: tuple[str, str | None]) -> None:
    """Until the newest console stands so."""
    wait_until(lambda: state(sessions) == wanted, SECONDS, f"the console is {wanted}")


def test_from_a_click_to_an_answer_with_real_parts(
    app: Any, sessions: Sessions, host: Host
) -> None:
    alone = Person(email="you@assay.localhost", name="You", role=Role.ADMIN)
    with sessions.begin() as session:
        session.add(alone)
    you: TestClient = browser(app, alone)
    host(ProcessSandbox())
    files = json.dumps({"main.py": APP})
    you.post(f"{PAGE}/requests", data={"method": "GET", "target": "/health", "files": files})
    wait_until(lambda: requests(sessions)[0].answered_at, SECONDS, "the answer came")
    (row,) = requests(sessions)
    assert (row.status, row.problem) == (200, None)
    assert (row.answer or {})["body"] == '{"fine":true}'
    wait_until(lambda: consoles(sessions)[0].reference, SECONDS, "the operations are known")
    text = you.get(f"{PAGE}?operation=0").text
    assert "Operations of your app" in text
    assert 'value="/health"' in text
    you.post(f"{PAGE}/end")
    wait_until(
        lambda: not [t for t in threading.enumerate() if t.name == "renew-lease"], SECONDS, "over"
    )
    assert state(sessions) == ("ended", "closed")


def test_what_is_asked_while_it_waits_is_answered_in_order(
    people: People, sessions: Sessions, host: Host, scripted: list[ScriptedConsole]
) -> None:
    row = open_console(sessions, people[ADA])
    for number in (1, 2):
        asked(sessions, row, number, target=f"/{number}", **OPEN)
    host()
    wait_until(lambda: all(r.answered_at for r in requests(sessions)), SECONDS, "both are answered")
    first, second = requests(sessions)
    assert (first.answer or {})["body"] == "/1"
    assert first.answered_at is not None and second.answered_at is not None
    assert first.answered_at <= second.answered_at
    assert consoles(sessions)[0].output == "printed"


@pytest.mark.parametrize(
    ("column", "limit", "ending"),
    [("active_at", limits.IDLE, "idle"), ("ready_at", limits.WHOLE, "whole")],
)
def test_it_ends_when_its_time_is_over(
    people: People,
    sessions: Sessions,
    host: Host,
    scripted: list[ScriptedConsole],
    column: str,
    limit: timedelta,
    ending: str,
) -> None:
    open_console(sessions, people[ADA])
    host()
    wait_for(sessions, ("ready", None))
    change(sessions, **{column: utc_now() - limit})
    wait_for(sessions, ("ended", ending))
    wait_until(lambda: scripted[0].is_closed, SECONDS, "its box is gone")


@ON_SQLITE
def test_a_worker_that_stops_ends_its_consoles_and_says_so(
    people: People, sessions: Sessions, host: Host, scripted: list[ScriptedConsole]
) -> None:
    row = open_console(sessions, people[ADA])
    stopping = host()
    wait_for(sessions, ("ready", None))
    stopping.stop()
    assert state(sessions) == ("ended", "stopped")
    assert scripted[0].is_closed
    asked(sessions, row, 1, **OPEN)


@ON_SQLITE
def test_whoever_lost_the_lease_writes_nothing_and_lets_the_box_go(
    people: People, sessions: Sessions, host: Host, scripted: list[ScriptedConsole]
) -> None:
    open_console(sessions, people[ADA])
    host()
    wait_for(sessions, ("ready", None))
    now = utc_now()
    free = {"lease_token": None, "lease_until": None, "ended_at": now}
    change(sessions, state=ConsoleState.ENDED, ending="replaced", **free)
    wait_until(lambda: scripted[0].is_closed, SECONDS, "its box is gone")
    assert state(sessions) == ("ended", "replaced")


@ON_SQLITE
def test_a_failure_of_ours_is_said_as_ours(
    people: People, sessions: Sessions, host: Host, scripted: list[ScriptedConsole]
) -> None:
    row = open_console(sessions, people[ADA], files={"main.py": "fail"})
    asked(sessions, row, 1, **OPEN)
    host()
    wait_for(sessions, ("ended", "platform"))
    assert requests(sessions)[0].problem == UNANSWERED


@ON_SQLITE
def test_a_challenge_that_is_gone_is_said(
    people: People, sessions: Sessions, host: Host, scripted: list[ScriptedConsole]
) -> None:
    open_console(sessions, people[ADA], challenge="no-more")
    host()
    wait_for(sessions, ("ended", "challenge"))


@ON_SQLITE
def test_an_app_that_does_not_start_says_why(
    people: People, sessions: Sessions, host: Host
) -> None:
    class Ours(ProcessSandbox):
        isolates = True

    code = "print('before')\nimport nothing_of_that_name\n"
    open_console(sessions, people[ADA], files={"main.py": code})
    host(Ours())
    wait_for(sessions, ("ended", "app"))
    (row,) = consoles(sessions)
    assert "No module named" in (row.message or "")
    assert (row.output or "").startswith("before\n")


@ON_SQLITE
def test_plain_processes_run_nothing_once_there_is_a_second_person(
    people: People, sessions: Sessions, host: Host, scripted: list[ScriptedConsole]
) -> None:
    open_console(sessions, people[ADA])
    host(ProcessSandbox())
    wait_for(sessions, ("ended", "platform"))
    assert scripted == []


def test_who_finds_no_place_waits_until_one_is_free(
    people: People, sessions: Sessions, host: Host, scripted: list[ScriptedConsole]
) -> None:
    first = open_console(sessions, people[ADA])
    host(consoles=1)
    wait_for(sessions, ("ready", None))
    second = next(person for who, person in people.items() if who is not ADA)
    open_console(sessions, second)
    threading.Event().wait(0.3)  # nothing is there to be waited for: it must not be taken
    assert state(sessions) == ("waiting", None)
    with sessions.begin() as session:
        session.get_one(Console, first.id).ready_at = utc_now() - limits.WHOLE
    wait_for(sessions, ("ready", None))


def test_what_a_dead_worker_held_is_ended_by_another(
    people: People, sessions: Sessions, host: Host, scripted: list[ScriptedConsole]
) -> None:
    past = utc_now() - timedelta(seconds=1)
    row = open_console(sessions, people[ADA], **ready(lease_until=past))
    asked(sessions, row, 1, **OPEN)
    host()
    wait_for(sessions, ("ended", "lost"))
    assert requests(sessions)[0].problem == UNANSWERED


def test_nobody_is_started_who_has_waited_for_too_long(
    people: People, sessions: Sessions, host: Host, scripted: list[ScriptedConsole]
) -> None:
    open_console(sessions, people[ADA], created_at=utc_now() - limits.LONGEST_WAIT)
    host()
    wait_for(sessions, ("ended", "no_place"))
    assert scripted == []
