"""Serves the app of `main.py` as it is, and counts what its SQLAlchemy engines do meanwhile.

It hears of every engine, sync or async, because it listens to the classes and not to one engine.
What it has seen is told under `/driver`. It judges nothing.
"""

import asyncio
import json
import threading
from collections.abc import Awaitable, Callable
from contextlib import suppress
from contextvars import ContextVar
from pathlib import Path
from typing import Annotated, Any

from fastapi import Body, FastAPI
from pydantic import BaseModel
from sqlalchemy import Connection, Engine, event
from sqlalchemy.pool import Pool
from sqlalchemy.util import await_only
from sqlalchemy.util.concurrency import in_greenlet

Message = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

FILE = Path(__file__).with_name("library.db")
READS = ("SELECT", "WITH", "VALUES")
WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE")
HOLD_SECONDS = 2.0

caller: ContextVar[int | None] = ContextVar("caller", default=None)


class Books:
    """What the engines have done since the last look, and what is in use right now."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.in_use: set[int] = set()
        self.unsaved: set[Connection] = set()
        self.start_again()

    def start_again(self) -> None:
        self.statements = 0
        self.early_answers = 0

    def told(self) -> dict[str, int]:
        return {
            "statements": self.statements,
            "answers_before_commit": self.early_answers,
            "connections_in_use": len(self.in_use),
        }


class Gate:
    """Holds the first write of each of several calls until all of them are about to write.

    Whatever they have looked up before is then as old as it can be. If some never come, because
    they wait for one that is held, all are let go after a while.
    """

    def __init__(self, calls: int) -> None:
        self.calls = calls
        self.arrived: set[int] = set()
        self.opened = threading.Event()

    def arrive(self, number: int) -> None:
        if number in self.arrived:
            return
        self.arrived.add(number)
        if len(self.arrived) == self.calls:
            self.opened.set()
        elif in_greenlet():
            await_only(asyncio.to_thread(self.hold))
        elif not _on_the_loop():
            self.hold()

    def hold(self) -> None:
        self.opened.wait(HOLD_SECONDS)
        self.opened.set()


books = Books()
gate = Gate(0)


def _on_the_loop() -> bool:
    """Whoever uses a sync engine there cannot be held: nobody else would ever come."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return False
    return True


@event.listens_for(Pool, "checkout")
def _checked_out(_connection: object, record: object, _proxy: object) -> None:
    with books.lock:
        books.in_use.add(id(record))


@event.listens_for(Pool, "checkin")
def _checked_in(_connection: object, record: object) -> None:
    with books.lock:
        books.in_use.discard(id(record))


@event.listens_for(Engine, "before_cursor_execute")
def _executed(connection: Connection, _cursor: object, statement: str, *_more: object) -> None:
    word = statement.lstrip(" \n(").partition(" ")[0].partition("\n")[0].upper()
    if word not in READS + WRITES:
        return
    number = caller.get()
    if word in WRITES and number is not None:
        gate.arrive(number)
    with books.lock:
        books.statements += 1
        if word in WRITES:
            books.unsaved.add(connection)


@event.listens_for(Engine, "commit")
@event.listens_for(Engine, "rollback")
def _settled(connection: Connection) -> None:
    with books.lock:
        books.unsaved.discard(connection)


from main import app as service  # only now, so that nothing it does is missed

ending: set[asyncio.Event] = set()


async def quiet() -> None:
    """Wait for calls that have answered and still clean up, so that each look finds the same."""
    for over in list(ending):
        await over.wait()


async def watched(scope: Message, receive: Receive, send: Send) -> None:
    """The candidate's app, which is told nothing of being watched."""
    await quiet()
    over = asyncio.Event()

    async def noted(message: Message) -> None:
        if message["type"] == "http.response.start" and books.unsaved:
            books.early_answers += 1
        if message["type"] == "http.response.body" and not message.get("more_body"):
            ending.add(over)
        await send(message)

    try:
        await service(scope, receive, noted)
    finally:
        over.set()
        ending.discard(over)


class Call(BaseModel):
    """A request that is to be made together with others."""

    method: str
    path: str
    body: Any = None


async def answered(number: int, call: Call) -> dict[str, Any]:
    """The status and the body of what the app answers."""
    caller.set(number)
    content = b"" if call.body is None else json.dumps(call.body).encode()
    path, _, query = call.path.partition("?")
    headers = [(b"host", b"app"), (b"content-type", b"application/json")]
    scope = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.4"},
        "http_version": "1.1",
        "method": call.method,
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "root_path": "",
        "headers": [*headers, (b"content-length", str(len(content)).encode())],
        "client": None,
        "server": ("app", 80),
        "state": {},
    }
    waiting = [{"type": "http.request", "body": content, "more_body": False}]
    status, body = 500, b""

    async def receive() -> Message:
        return waiting.pop() if waiting else await asyncio.Event().wait() and {}

    async def send(message: Message) -> None:
        nonlocal status, body
        status = message.get("status", status)
        body += message.get("body", b"")

    with suppress(Exception):  # the app has answered 500 then, or nothing
        await watched(scope, receive, send)
    return {"status": status, "body": body.decode("utf-8", "replace")}


watching = FastAPI()


@watching.post("/driver/count")
async def start_counting() -> dict[str, int]:
    """Count from nothing."""
    await quiet()
    books.start_again()
    return books.told()


@watching.get("/driver/count")
async def tell() -> dict[str, int]:
    """What has been counted, and the connections that are in use now."""
    await quiet()
    return books.told()


@watching.post("/driver/kept")
async def kept(text: Annotated[str, Body(embed=True)]) -> dict[str, bool]:
    """Whether the database file, or the log of changes beside it, holds this text."""
    await quiet()
    files = (FILE, FILE.with_name(FILE.name + "-wal"))
    return {"kept": any(text.encode() in each.read_bytes() for each in files if each.is_file())}


@watching.post("/driver/together")
async def together(calls: list[Call]) -> list[dict[str, Any]]:
    """Make all these calls at once."""
    global gate
    gate = Gate(len(calls))
    return await asyncio.gather(*(answered(n, call) for n, call in enumerate(calls)))


async def app(scope: Message, receive: Receive, send: Send) -> None:
    """What the server serves: the driver's own paths, and the candidate's app for all others."""
    if scope["type"] != "http":
        await service(scope, receive, send)
    elif scope["path"].startswith("/driver/"):
        await watching(scope, receive, send)
    else:
        await watched(scope, receive, send)
