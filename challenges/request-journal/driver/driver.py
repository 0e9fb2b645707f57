"""Serves the app of `main.py` as it is, notes what it hands to the server, and holds calls open.

What a client sees of a stream does not say *when* each piece of it was sent. So the checks begin
such calls here, under `/driver`, and look at what has been sent while they are still going on.
"""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from contextvars import Context
from typing import Any

from fastapi import FastAPI, Request
from main import app as service
from pydantic import BaseModel
from starlette.types import Message, Receive, Scope, Send

QUICK_TURNS, TURNS, CROWD_TURNS = 50, 100, 500
SERVERS_KEYS = (
    *("type", "asgi", "http_version", "scheme", "server", "client", "root_path", "state"),
)

calls: list["Call"] = []


class Call:
    """One call of the service, and what it has sent so far."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.path = scope["path"]
        self.starts: list[dict[str, Any]] = []
        self.body = b""
        self.over = False
        self.hung_up = asyncio.Event()
        self.asked = False
        calls.append(self)

    async def run(self, receive: Receive, send: Send) -> None:
        async def noted(message: Message) -> None:
            self.note(message)
            await send(message)

        try:
            await service(self.scope, receive, noted)
        finally:
            self.over = True

    def note(self, message: Message) -> None:
        if message["type"] in ("http.response.start", "websocket.accept"):
            headers = [[each.decode("latin-1") for each in h] for h in message.get("headers", ())]
            self.starts.append({"status": message.get("status"), "headers": headers})
        self.body += message.get("body", b"")

    async def receive(self) -> Message:
        """What the server would hand to the app: an empty body, then nothing until the end."""
        if not self.asked:
            self.asked = True
            return {"type": "http.request", "body": b"", "more_body": False}
        await self.hung_up.wait()
        return {"type": "http.disconnect"}

    def shown(self) -> dict[str, Any]:
        text = self.body.decode("utf-8", "replace")
        return {"starts": self.starts, "text": text, "over": self.over}


async def wait_until(is_so: Callable[[], bool], turns: int = TURNS) -> None:
    """Gives the service so many turns, however long they take: a busy machine changes nothing."""
    for turn in range(turns):
        if is_so():
            return
        await asyncio.sleep(0 if turn < QUICK_TURNS else 0.01)


class Wanted(BaseModel):
    """A call that is to be begun."""

    path: str
    headers: dict[str, str] = {}


desk = FastAPI()
running: set[asyncio.Task[None]] = set()


@desk.post("/driver/calls")
async def begin(wanted: Wanted, request: Request) -> int:
    """Begin a GET, and answer at once with its number."""
    start(wanted, request)
    return len(calls) - 1


@desk.post("/driver/crowds/{size}")
async def crowd(size: int, wanted: Wanted, request: Request) -> list[dict[str, Any]]:
    """So many equal GETs that come in the same moment, and what each was answered."""
    begun = [start(wanted, request) for _ in range(size)]
    await wait_until(lambda: all(call.over for call in begun), CROWD_TURNS)
    return [call.shown() for call in begun]


def start(wanted: Wanted, request: Request) -> Call:
    """A GET that runs from the next turn on, as if a server had got it."""
    headers = [(n.lower().encode(), v.encode("latin-1")) for n, v in wanted.headers.items()]
    path = {"path": wanted.path, "raw_path": wanted.path.encode(), "query_string": b""}
    scope = {key: request.scope[key] for key in SERVERS_KEYS}
    call = Call({**scope, **path, "method": "GET", "headers": [(b"host", b"app"), *headers]})

    async def send(message: Message) -> None:
        """Nobody reads it."""

    async def run() -> None:
        with suppress(Exception):
            await call.run(call.receive, send)

    task = asyncio.create_task(run(), context=Context())
    running.add(task)
    task.add_done_callback(running.discard)
    return call


@desk.get("/driver/calls/{number}")
async def look(number: int, text: str = "", over: bool = False) -> dict[str, Any]:
    """What a call has sent: waits until this text was sent, or until the call is over."""
    call = calls[number]
    await wait_until(lambda: call.over or (not over and text in call.shown()["text"]))
    return call.shown()


@desk.post("/driver/calls/{number}/hang-up")
async def hang_up(number: int) -> None:
    """The client of a call goes away."""
    calls[number].hung_up.set()


@desk.get("/driver/going-on")
async def going_on(path: str) -> int:
    """How many calls of this path are still going on: waits until there are none."""
    own = [call for call in calls if call.path == path]
    await wait_until(lambda: all(call.over for call in own))
    return sum(not call.over for call in own)


@desk.get("/driver/handshakes")
async def handshakes(path: str) -> list[dict[str, Any]]:
    """The WebSockets of this path that were accepted, in order, with the headers of the answer."""
    own = [call for call in calls if call.path == path and call.scope["type"] == "websocket"]
    return [start for call in own for start in call.starts]


async def app(scope: Scope, receive: Receive, send: Send) -> None:
    """Everything but `/driver` goes to the service."""
    if scope["type"] == "lifespan":
        await service(scope, receive, send)
    elif scope["path"].startswith("/driver/"):
        await desk(scope, receive, send)
    else:
        await Call(scope).run(receive, send)
