"""Middleware for all that passes through it, and an exception handler for what does not."""

import re
import time
import uuid
from contextvars import ContextVar

from canal import journal, routes
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from starlette.datastructures import Headers, MutableHeaders, State
from starlette.middleware import Middleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

ids: ContextVar[str] = ContextVar("ids")


def request_id() -> str:
    return ids.get()


def headers_of(state: State) -> dict[str, str]:
    ms = (time.time() - state.begun) * 1000
    return {"X-Request-ID": state.id, "X-Process-Time": f"{max(ms, 0):.1f}"}


class JournalMiddleware:
    def __init__(self, app: ASGIApp, pattern: str) -> None:
        self.app = app
        self.pattern = re.compile(pattern)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in {"http", "websocket"}:
            await self.app(scope, receive, send)
            return
        state = State(scope.setdefault("state", {}))
        state.begun = time.time()
        wish = Headers(scope=scope).get("X-Request-ID", "")
        state.id = wish if self.pattern.match(wish) else uuid.uuid4().hex.upper()
        ids.set(state.id)
        entry = {"id": state.id, "call": f"{scope.get('method', 'WEBSOCKET')} {scope['path']}"}
        entry["status"] = 500 if scope["type"] == "http" else 403

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                entry["status"] = message["status"]
                MutableHeaders(scope=message).update(headers_of(state))
            elif message["type"] == "websocket.accept":
                entry["status"] = 101
                MutableHeaders(scope=message)["X-Request-ID"] = state.id
            await send(message)

        try:
            await self.app(scope, receive, sending)
        finally:
            entry["ms"] = max(0, round((time.time() - state.begun) * 1000))
            journal.append(entry)


app = FastAPI(middleware=[Middleware(JournalMiddleware, pattern=r"(?a)[\w-]{8,64}$")])
app.include_router(routes(request_id))


@app.exception_handler(Exception)
async def unexpected(request: Request, error: Exception) -> JSONResponse:
    return JSONResponse({"detail": "Unexpected"}, 500, headers_of(request.state))
