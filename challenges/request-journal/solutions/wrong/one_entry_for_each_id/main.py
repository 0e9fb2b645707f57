"""Replaces the entry of an earlier call that brought the same id."""

import re
from contextvars import ContextVar
from time import perf_counter
from uuid import uuid4

from canal import journal, routes
from fastapi import FastAPI
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

current_id: ContextVar[str] = ContextVar("current_id")


def request_id() -> str:
    return current_id.get()


def id_for(scope: Scope) -> str:
    sent = Headers(scope=scope).get("x-request-id")
    if sent and re.fullmatch(r"[A-Za-z0-9_-]{8,64}", sent):
        return sent
    return uuid4().hex


class Journal:
    """Gives every call an id, and one entry in the journal when it is over."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        begun = perf_counter()
        is_http = scope["type"] == "http"
        status = None
        own_id = id_for(scope)
        current_id.set(own_id)

        def milliseconds() -> float:
            return round((perf_counter() - begun) * 1000, 2)

        async def send_with_id(message: Message) -> None:
            nonlocal status
            if message["type"] in ("http.response.start", "websocket.accept"):
                status = message.get("status", 101)
                headers = MutableHeaders(scope=message)
                headers["X-Request-ID"] = own_id
                if is_http:
                    headers["X-Process-Time"] = str(milliseconds())
            await send(message)

        try:
            await self.app(scope, receive, send_with_id)
        except Exception:
            # The handler for unhandled errors sits outside of all middleware: its answer
            # would go out without the headers.
            if is_http and status is None:
                await Response(status_code=500)(scope, receive, send_with_id)
            raise
        finally:
            method = scope["method"] if is_http else "WEBSOCKET"
            call = f"{method} {scope['path']}"
            journal[:] = [each for each in journal if each["id"] != own_id]
            journal.append(
                {"id": own_id, "call": call, "status": status or 403, "ms": milliseconds()}
            )


app = FastAPI(title="The canal")
app.add_middleware(Journal)
app.include_router(routes(request_id))
