"""Serves the app of `main.py` as it is, and shows what it does with the workshops' code.

The checks write users and settings here, replace dependencies as a test of yours would, and
read the log: what was asked for, opened and closed, and when the answer left.
"""

import asyncio
from contextlib import suppress
from threading import Barrier
from typing import Any

import main
import workshop
from fastapi import FastAPI, HTTPException
from starlette.types import Message, Receive, Scope, Send
from workshop import Connection, Job, Settings, UnitOfWork, User

QUIET_SECONDS, GATE_SECONDS = 4, 2

desk = FastAPI()
going_on: set[object] = set()
quiet = asyncio.Event()
quiet.set()


class Drawer(Connection):
    """A connection to a drawer with some jobs in it."""

    def __init__(self, jobs: list[Job]) -> None:
        self.workshop, self.is_released = "drawer", False
        self.content = {job.number: job for job in jobs}

    def jobs(self) -> list[Job]:
        return list(self.content.values())

    def save(self, changed: dict[int, Job]) -> None:
        self.content |= changed

    def release(self) -> None:
        """A drawer stays open."""


class Notepad(UnitOfWork):
    """A unit of work that saves nothing."""

    def __init__(self, number: int) -> None:
        self.number, self.has_ended = number, False

    def add(self, bike: str, cents: int) -> Job:
        return Job(self.number, bike, cents, "notepad")

    def finish(self, number: int) -> Job | None:
        return Job(number, "any", self.number, "notepad", done=True)

    def commit(self) -> None:
        """Nothing to save."""

    def rollback(self) -> None:
        """Nothing to forget."""


def replacement(name: str, values: dict[str, Any]) -> object:
    match name:
        case "current_user":
            return User(**values)
        case "workshop_settings":
            return Settings(**values)
        case "connection":
            return Drawer([Job(**job) for job in values["jobs"]])
        case _:
            return Notepad(**values)


@desk.put("/driver/overrides/{name}")
async def override(name: str, values: dict[str, Any]) -> None:
    """From now on this dependency gives what the check says."""
    if not hasattr(main, name) or not hasattr(main.app, "dependency_overrides"):
        raise HTTPException(409, "Nothing to replace.")
    given = replacement(name, values)

    async def replaced() -> object:
        return given

    main.app.dependency_overrides[getattr(main, name)] = replaced


@desk.delete("/driver/overrides")
async def no_overrides() -> None:
    """Every dependency is itself again."""
    main.app.dependency_overrides.clear()


@desk.put("/driver/users/{token}")
async def write_user(token: str, values: dict[str, Any]) -> None:
    """A token for a user."""
    workshop.users[token] = User(**values)


@desk.delete("/driver/users/{token}")
async def forget_user(token: str) -> None:
    """A token for nobody."""
    workshop.users.pop(token, None)


@desk.put("/driver/settings/{name}")
async def write_settings(name: str, hourly_cents: int) -> None:
    """A workshop, or another price for it."""
    workshop.settings[name] = Settings(name, hourly_cents)


@desk.delete("/driver/settings/{name}")
async def forget_settings(name: str) -> None:
    """A workshop that has closed."""
    workshop.settings.pop(name, None)


@desk.put("/driver/breaks/{step}")
async def break_next(step: str) -> None:
    """The next `jobs`, `add`, `commit` or `save` fails."""
    workshop.breaks.add(step)


@desk.put("/driver/gates/{step}")
async def meet_next(step: str) -> None:
    """Two requests meet in `connect`, `jobs` or `add`, or before the first answer leaves."""
    workshop.gates[step] = Barrier(2, timeout=GATE_SECONDS)


@desk.get("/driver/log")
async def take_log() -> list[tuple[str, object]]:
    """What has happened since the last look, once no request is going on. All faults end."""
    with suppress(TimeoutError):
        await asyncio.wait_for(quiet.wait(), QUIET_SECONDS)
    happened = list(workshop.log)
    workshop.log.clear()
    workshop.breaks.clear()
    workshop.gates.clear()
    return happened


async def serve(scope: Scope, receive: Receive, send: Send) -> None:
    async def noted(message: Message) -> None:
        if message["type"] == "http.response.start":
            workshop.log.append(("answer", message["status"]))
            if "answer" in workshop.gates:
                await asyncio.to_thread(workshop.meet, "answer")
        await send(message)

    token = object()
    going_on.add(token)
    quiet.clear()
    try:
        await main.app(scope, receive, noted)
    finally:
        going_on.remove(token)
        if not going_on:
            quiet.set()


async def app(scope: Scope, receive: Receive, send: Send) -> None:
    """Everything but `/driver` goes to the service."""
    if scope["type"] == "http" and scope["path"].startswith("/driver/"):
        await desk(scope, receive, send)
    elif scope["type"] == "http":
        await serve(scope, receive, send)
    else:
        await main.app(scope, receive, send)
