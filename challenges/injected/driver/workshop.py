"""The workshops' own code. It is given, and stays as it is."""

import asyncio
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import count
from threading import Barrier, BrokenBarrierError
from typing import Literal

from fastapi import APIRouter
from fastapi.responses import PlainTextResponse


@dataclass(frozen=True)
class User:
    """Somebody with a token."""

    name: str
    role: Literal["mechanic", "chief"]


@dataclass(frozen=True)
class Settings:
    """What the head office has set for one workshop."""

    workshop: str
    hourly_cents: int


@dataclass(frozen=True)
class Job:
    """A bicycle that is waiting to be mended, or is mended."""

    number: int
    bike: str
    cents: int
    by: str
    done: bool = False


class Conflict(Exception):
    """Somebody else has changed the same jobs: nothing was saved."""


log: list[tuple[str, object]] = []
"""What has happened, for the checks to look at."""
breaks: set[str] = set()
"""What is to fail the next time, for the checks to set."""
gates: dict[str, Barrier] = {}
"""Where two requests are to meet, for the checks to set."""

users = {"token-of-ada": User("Ada", "chief"), "token-of-bob": User("Bob", "mechanic")}
settings = {"north": Settings("north", 4500), "harbour": Settings("harbour", 5200)}
archive: dict[str, dict[int, Job]] = {}
connections, numbers = count(1), count(1)


def find_user(token: str) -> User | None:
    """Whose token this is."""
    log.append(("find_user", token))
    return users.get(token)


def load_settings(workshop: str) -> Settings | None:
    """What is set for a workshop at this moment; the head office may change it at any time."""
    log.append(("load_settings", workshop))
    return settings.get(workshop)


def connect(settings: Settings) -> "Connection":
    """A new connection to a workshop's archive. There are few of them: give it back."""
    return Connection(settings)


class Connection:
    """Reads a workshop's archive, until it is released."""

    def __init__(self, settings: Settings) -> None:
        self.workshop = settings.workshop
        self.number = next(connections)
        self.is_released = False
        log.append(("connect", self.workshop))
        meet("connect")

    def jobs(self) -> list[Job]:
        """All jobs of the workshop, the oldest first."""
        self.check()
        meet("jobs")
        fail_if_broken("jobs", OSError("The archive cannot be read."))
        return list(archive.get(self.workshop, {}).values())

    def save(self, changed: dict[int, Job]) -> None:
        self.check()
        fail_if_broken("save", OSError("The archive cannot be written."))
        archive.setdefault(self.workshop, {}).update(changed)

    def check(self) -> None:
        if self.is_released:
            raise RuntimeError("This connection has been released.")

    def release(self) -> None:
        """Gives the connection back."""
        log.append(("release", self.workshop))
        self.is_released = True


class UnitOfWork:
    """Changes that are saved together, or not at all. Ends with `commit` or with `rollback`."""

    def __init__(self, connection: Connection, user: User) -> None:
        self.connection, self.user = connection, user
        self.changed: dict[int, Job] = {}
        self.has_ended = False
        log.append(("begin", user.name))

    def add(self, bike: str, cents: int) -> Job:
        """A new job, by this user."""
        meet("add")
        fail_if_broken("add", OSError("The archive's disk is full."))
        job = Job(next(numbers), bike, cents, self.user.name)
        self.changed[job.number] = job
        return job

    def finish(self, number: int) -> Job | None:
        """Marks a job as done; nothing if there is no such job."""
        for job in self.connection.jobs():
            if job.number == number:
                self.changed[number] = replace(job, done=True)
        return self.changed.get(number)

    def commit(self) -> None:
        """Saves the changes. Raises `Conflict`, and then it has not ended."""
        fail_if_broken("commit", Conflict("Somebody was faster."))
        self.connection.save(self.changed)
        self.end("commit")

    def rollback(self) -> None:
        """Forgets the changes."""
        self.connection.check()
        self.end("rollback")

    def end(self, how: str) -> None:
        log.append((how, self.user.name))
        if self.has_ended:
            raise RuntimeError("This unit of work has ended already.")
        self.has_ended = True


def fail_if_broken(step: str, error: Exception) -> None:
    if step in breaks:
        breaks.remove(step)
        log.append(("failed", step))
        raise error


def meet(step: str) -> None:
    """Two requests wait here for each other, for a while. The event loop never waits."""
    if step in gates and not on_the_loop():
        with suppress(BrokenBarrierError):
            gates[step].wait()


def on_the_loop() -> bool:
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return False
    return True


office = APIRouter()
"""The head office's pages. They check nobody."""


def page(path: str, method: str) -> None:
    @office.api_route(path, methods=[method])
    def show() -> dict[str, str]:
        log.append(("office", path))
        return {"page": path}


page("/turnover", "GET")
page("/wages", "GET")
page("/closing", "POST")
page("/keys/{door}", "GET")


@office.post("/notices/{board}", status_code=202, response_class=PlainTextResponse)
def pin(board: str) -> str:
    log.append(("office", "/notices"))
    return board
