"""Each start and each answer stays within its own limit, and all of them together are long. They
still are right answers; what bounds the sum of them is the limit for the whole examination."""

import asyncio
import time

import honest
from fastapi import FastAPI

time.sleep(1.5)


app = FastAPI()


@app.get("/sum")
async def sum_of(a: int, b: int) -> dict[str, int]:
    await asyncio.sleep(0.5)
    return {"sum": a + b}


app.include_router(honest.router)
