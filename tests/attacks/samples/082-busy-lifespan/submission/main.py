"""The server is there, but the app's own start-up never ends. The start's limit is named."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI


@asynccontextmanager
async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
    while True:
        pass
    yield


app = FastAPI(lifespan=lifespan)
