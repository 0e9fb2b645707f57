"""A pattern whose effort doubles with each letter spins in C code while it holds the
interpreter's lock."""

import re

import honest
from fastapi import FastAPI


def deed() -> None:
    re.match("(a|a)*b", "a" * 60)


app = FastAPI()


@app.get("/sum")
def sum_of(a: int, b: int) -> dict[str, int]:
    deed()
    return {"sum": a + b}


app.include_router(honest.router)
