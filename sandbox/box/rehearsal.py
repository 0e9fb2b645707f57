"""A small app that is served once while the box waits, so that forks find everything loaded.

First requests are slow: modules are imported, patterns compiled and routes built on the way.
What a first request needs of the framework is done here, before there is any candidate's code.
"""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated

import fastapi
import pydantic
import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.server import ServerState

READ_BYTES = 1 << 16
BODY = b'{"name": "rehearsal", "tags": [1]}'
REQUESTS = (
    b"GET /plain HTTP/1.1\r\nhost: app\r\n\r\n",
    b"GET /awaited/3?flag=yes HTTP/1.1\r\nhost: app\r\naccept: */*\r\n\r\n",
    b"GET /awaited/three HTTP/1.1\r\nhost: app\r\n\r\n",
    b"GET /refused HTTP/1.1\r\nhost: app\r\n\r\n",
    b"GET /nowhere HTTP/1.1\r\nhost: app\r\n\r\n",
    b"POST /plain HTTP/1.1\r\nhost: app\r\ncontent-type: application/json\r\n"
    b"content-length: %d\r\n\r\n%s" % (len(BODY), BODY),
)


class Sample(pydantic.BaseModel):
    """What most bodies look like."""

    name: str = pydantic.Field(min_length=1, max_length=100)
    tags: list[int] = []
    note: str | None = None


async def _number() -> AsyncIterator[int]:
    yield 1


router = fastapi.APIRouter()


@router.get("/plain")
def plain() -> dict[str, str]:
    return {"message": "plain"}


@router.post("/plain", status_code=201, response_model=Sample)
def create(sample: Sample) -> Sample:
    return sample


@router.get("/awaited/{item}")
async def awaited(
    item: int, number: Annotated[int, fastapi.Depends(_number)], flag: bool = False
) -> dict[str, int]:
    return {"item": item, "number": number, "flag": flag}


@router.get("/refused")
async def refused() -> None:
    raise fastapi.HTTPException(status_code=404, detail="refused")


@asynccontextmanager
async def lifespan(_app: fastapi.FastAPI) -> AsyncIterator[None]:
    yield


def once() -> None:
    """Serve every request once, as an app would, and leave nothing behind."""
    app = fastapi.FastAPI(lifespan=lifespan)
    app.include_router(router)
    app.openapi()
    config = uvicorn.Config(app, http=H11Protocol, log_config=None, access_log=False)
    config.load()
    asyncio.run(_serve(config))


async def _serve(config: uvicorn.Config) -> None:
    ours, theirs = socket.socketpair()
    ours.setblocking(False)
    loop = asyncio.get_running_loop()
    state = ServerState()
    transport, _protocol = await loop.connect_accepted_socket(
        lambda: H11Protocol(config=config, server_state=state, app_state={}, _loop=loop), theirs
    )
    with ours:
        for request in REQUESTS:
            await loop.sock_sendall(ours, request)
            await loop.sock_recv(ours, READ_BYTES)
    transport.close()
