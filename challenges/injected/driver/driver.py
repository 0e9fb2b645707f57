"""Serves the app of `main.py` as it is, and shows what it does with the workshops' code.

The checks write users and settings here, replace dependencies as a test of yours would, and
read the log: what was asked for, opened and closed, and when the answer left.
"""

import asyncio
from typing import Any

import main
import workshop
from fastapi import FastAPI, HTTPException
from starlette.types import Message, Receive, Scope, Send
from workshop import Connection, Job, Settings, UnitOfWork, User

QUICK_TURNS, TURNS = 50, 150

desk = FastAPI()
going_on: set[object] = set()


class Drawer(Connection):
    """A connection to a drawer with some jobs in it."""

    def __init__(self, jobs: list[Job]) -> None:
        self.content = jobs

    def jobs(self) -> list[Job]:
        return self.content


class Notepad(UnitOfWork):
    """A unit of work that saves nothing."""

    def __init__(self, number: int) -> None:
        self.number = number

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
    main.app.dependency_overrides[getattr(main, name)] = lambda: given


@desk.delete("/driver/overrides")
async def no_overrides() -> None:
    """Every dependency is itself again."""
    main.app.dependency_overrides.clear()


@desk.put("/driver/users/{token}")
async def write_user(token: str, values: dict[str, Any]) -> None:
    """A token for a user."""
    workshop.users[token] = User(**values)


@desk.put("/driver/settings/{name}")
async def write_settings(name: str, hourly_cents: int) -> None:
    """A workshop, or another price for it."""
    workshop.settings[name] = Settings(name, hourly_cents)


@desk.put("/driver/breaks/{step}")
async def break_next(step: str) -> None:
    """The next `add` or `commit` fails."""
    workshop.breaks.add(step)


@desk.get("/driver/log")
async def take_log() -> list[tuple[str, object]]:
    """What has happened since the last look: waits until no request is going on."""
    for turn in range(TURNS):
        if going_on:
            await asyncio.sleep(0 if turn < QUICK_TURNS else 0.01)
    happened = list(workshop.log)
    workshop.log.clear()
    return happened


async def serve(scope: Scope, receive: Receive, send: Send) -> None:
    async def noted(message: Message) -> None:
        if message["type"] == "http.response.start":
            workshop.log.append(("answer", message["status"]))
        await send(message)

    token = object()
    going_on.add(token)
    try:
        await main.app(scope, receive, noted)
    finally:
        going_on.remove(token)


async def app(scope: Scope, receive: Receive, send: Send) -> None:
    """Everything but `/driver` goes to the service."""
    if scope["type"] == "http" and scope["path"].startswith("/driver/"):
        await desk(scope, receive, send)
    elif scope["type"] == "http":
        await serve(scope, receive, send)
    else:
        await main.app(scope, receive, send)
