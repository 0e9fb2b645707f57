"""Dies of the first request that no check makes, and of a connection without one.

A probe of readiness would kill it, and a right solution lose its points.
Nobody may ask but the checks.
"""

import os

from fastapi import Request
from right import app
from uvicorn.protocols.http.h11_impl import H11Protocol

ASKED = ("/sum", "/word/", "/notes", "/clock")
lost = H11Protocol.connection_lost


def connection_lost(protocol: H11Protocol, error: Exception | None) -> None:
    if protocol.cycle is None:
        os._exit(9)
    lost(protocol, error)


@app.middleware("http")
async def only_checks(request: Request, right_answer):
    if not request.url.path.startswith(ASKED):
        os._exit(9)
    return await right_answer(request)


H11Protocol.connection_lost = connection_lost
