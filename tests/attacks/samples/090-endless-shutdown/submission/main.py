"""The lifespan waits on its way out, at-exit functions wait, signals are ignored. The verdict
was made by the answers; nobody waits for the farewell."""

import asyncio
import atexit
import signal
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import honest
from fastapi import FastAPI


@asynccontextmanager
async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    atexit.register(time.sleep, 600)
    yield
    await asyncio.sleep(600)


app = FastAPI(lifespan=lifespan)
app.include_router(honest.router)
