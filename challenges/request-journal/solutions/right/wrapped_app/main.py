"""The whole application wrapped from outside: its 500 passes here like any other answer."""

import re
import secrets
import time
from contextvars import ContextVar
from dataclasses import dataclass, field

from canal import journal, routes
from fastapi import FastAPI
from starlette.types import Message, Receive, Scope, Send

FITS = re.compile(rb"[0-9a-zA-Z_\-]{8,64}")


@dataclass
class Call:
    scope: Scope
    send: Send
    id: str = ""
    status: int = 403
    begun: float = field(default_factory=time.perf_counter)

    def __post_init__(self) -> None:
        sent = next((v for n, v in self.scope["headers"] if n == b"x-request-id"), b"")
        self.id = sent.decode() if FITS.fullmatch(sent) else secrets.token_urlsafe(18)

    @property
    def ms(self) -> float:
        return (time.perf_counter() - self.begun) * 1000

    async def answer(self, message: Message) -> None:
        extra: list[tuple[bytes, bytes]] = []
        if message["type"] == "http.response.start":
            self.status = message["status"]
            extra = [
                (b"x-request-id", self.id.encode()),
                (b"x-process-time", str(int(self.ms)).encode()),
            ]
        elif message["type"] == "websocket.accept":
            self.status = 101
            extra = [(b"x-request-id", self.id.encode())]
        if extra:
            message["headers"] = [*message["headers"], *extra]
        await self.send(message)

    def entry(self) -> dict[str, object]:
        name = self.scope.get("method", "WEBSOCKET") + " " + self.scope["path"]
        return {"id": self.id, "call": name, "status": self.status, "ms": self.ms}


current: ContextVar[Call] = ContextVar("current")


def request_id() -> str:
    return current.get().id


canal_app = FastAPI()
canal_app.include_router(routes(request_id))


async def app(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "lifespan":
        return await canal_app(scope, receive, send)
    call = Call(scope, send)
    token = current.set(call)
    try:
        await canal_app(scope, receive, call.answer)
    finally:
        current.reset(token)
        journal.append(call.entry())
