"""Replaces the server's own start by one that waits, so that the app is loaded but nobody is
there."""

import asyncio

import honest
import uvicorn
from fastapi import FastAPI


async def never(*_arguments: object, **_options: object) -> None:
    await asyncio.Event().wait()


uvicorn.Server.startup = never


app = FastAPI()
app.include_router(honest.router)
