"""Holds every descriptor that it may have, so that it can neither open a file nor take a
connection. The request that is being answered gets its answer, but the app cannot take
another connection."""

import os

import honest
from fastapi import FastAPI

held: list[int] = []


def deed() -> None:
    while True:
        held.append(os.open("/dev/null", os.O_RDONLY))


app = FastAPI()


@app.get("/sum")
def sum_of(a: int, b: int) -> dict[str, int]:
    deed()
    return {"sum": a + b}


app.include_router(honest.router)
