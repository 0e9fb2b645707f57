"""Mistake: writes the entry when the call comes in, and fills it in when it is over."""

import re
import time
import uuid
from contextvars import ContextVar

from canal import journal, routes
from fastapi import FastAPI
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

FITS = re.compile(r"[A-Za-z0-9_-]{8,64}")
current: ContextVar[str] = ContextVar("request_id", default="unknown")


def request_id() -> str:
    return current.get()


class JournalMiddleware:
    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        began = time.perf_counter()
        sent = Headers(scope=scope).get("x-request-id", "")
        rid = sent if FITS.fullmatch(sent) else uuid.uuid4().hex
        is_socket = scope["type"] == "websocket"
        status: int | None = 403 if is_socket else None

        def ms() -> float:
            return round((time.perf_counter() - began) * 1000, 3)

        async def noted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = MutableHeaders(scope=message)
                headers["X-Request-ID"] = rid
                headers["X-Process-Time"] = f"{ms():.3f}"
            elif message["type"] == "websocket.accept":
                status = 101
                message.setdefault("headers", [])
                MutableHeaders(scope=message)["X-Request-ID"] = rid
            await send(message)

        entry = {"id": rid, "call": "", "status": 0, "ms": 0}
        journal.append(entry)
        token = current.set(rid)
        try:
            await self.app(scope, receive, noted)
        finally:
            current.reset(token)
            method = "WEBSOCKET" if is_socket else scope["method"]
            entry.update(
                {
                    "id": rid,
                    "call": f"{method} {scope['path']}",
                    "status": status if status is not None else 500,
                    "ms": ms(),
                }
            )


api = FastAPI(title="The canal")
api.include_router(routes(request_id))
app = JournalMiddleware(api)
