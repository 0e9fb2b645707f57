"""Without its connection, its event loop and its pipes the app can neither answer nor fail
properly. It is the app's own crash, whatever is left of it."""

import os

import honest
from fastapi import FastAPI


def deed() -> None:
    os.closerange(0, 4096)


app = FastAPI()


@app.get("/sum")
def sum_of(a: int, b: int) -> dict[str, int]:
    deed()
    return {"sum": a + b}


app.include_router(honest.router)
