"""BaseHTTPMiddleware for HTTP, which passes the body on as it comes; WebSockets apart."""

import string
import time
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable
from contextvars import ContextVar

import canal
from fastapi import FastAPI, Request, Response
from fastapi.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

ALLOWED = set(string.ascii_letters + string.digits + "-_")
_id: ContextVar[str] = ContextVar("id", default="none")


def request_id() -> str:
    return _id.get()


def choose(sent: str | None) -> str:
    if sent is not None and 8 <= len(sent) <= 64 and set(sent) <= ALLOWED:
        return sent
    return str(uuid.uuid4())


def write(own_id: str, call: str, status: int, begun: float) -> None:
    ms = (time.monotonic() - begun) * 1000
    canal.journal.append({"id": own_id, "call": call, "status": status, "ms": ms})


class WatchedSockets:
    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "websocket":
            return await self.app(scope, receive, send)
        begun = time.monotonic()
        sent_id = dict(scope["headers"]).get(b"x-request-id")
        own_id = choose(sent_id.decode("latin-1") if sent_id else None)
        _id.set(own_id)
        status = 403

        async def answer(message: Message) -> None:
            nonlocal status
            if message["type"] == "websocket.accept":
                status = 101
                mine = (b"x-request-id", own_id.encode())
                message = {**message, "headers": [*message.get("headers", []), mine]}
            await send(message)

        try:
            await self.app(scope, receive, answer)
        finally:
            write(own_id, f"WEBSOCKET {scope['path']}", status, begun)


app = FastAPI()
app.include_router(canal.routes(request_id))
app.add_middleware(WatchedSockets)


@app.middleware("http")
async def journal(
    request: Request, call_next: Callable[[Request], Awaitable[Response]]
) -> Response:
    begun = time.monotonic()
    own_id = choose(request.headers.get("X-Request-ID"))
    _id.set(own_id)
    try:
        response = await call_next(request)
    except Exception:
        response = PlainTextResponse("Sorry, that is our fault.", 500)
    response.headers["X-Request-ID"] = own_id
    response.headers["X-Process-Time"] = f"{(time.monotonic() - begun) * 1000:.3f}"
    call = f"{request.method} {request.url.path}"
    if not hasattr(response, "body_iterator"):
        write(own_id, call, response.status_code, begun)
        return response
    pieces = response.body_iterator

    async def passed_on() -> AsyncIterator[bytes]:
        try:
            async for piece in pieces:
                yield piece
        finally:
            write(own_id, call, response.status_code, begun)

    response.body_iterator = passed_on()
    return response
