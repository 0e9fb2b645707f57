"""The middleware of the tutorial: HTTP only, and nothing after an error."""

import re
import time
import uuid
from collections.abc import Awaitable, Callable
from contextvars import ContextVar

from canal import journal, routes
from fastapi import FastAPI, Request, Response

current: ContextVar[str] = ContextVar("current", default="unknown")


def request_id() -> str:
    return current.get()


app = FastAPI(title="The canal")
app.include_router(routes(request_id))


@app.middleware("http")
async def write_journal(
    request: Request, call_next: Callable[[Request], Awaitable[Response]]
) -> Response:
    begun = time.perf_counter()
    own_id = request.headers.get("X-Request-ID", "")
    if not re.fullmatch("[a-zA-Z0-9_-]{8,64}", own_id):
        own_id = str(uuid.uuid4())
    current.set(own_id)
    response = await call_next(request)
    ms = (time.perf_counter() - begun) * 1000
    response.headers["X-Request-ID"] = own_id
    response.headers["X-Process-Time"] = f"{ms:.2f}"
    call = f"{request.method} {request.url.path}"
    journal.append({"id": own_id, "call": call, "status": response.status_code, "ms": ms})
    return response
