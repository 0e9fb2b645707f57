"""The server waits for the app, and we do not."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI


@asynccontextmanager
async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
    await asyncio.sleep(600)
    yield


app = FastAPI(lifespan=lifespan)
