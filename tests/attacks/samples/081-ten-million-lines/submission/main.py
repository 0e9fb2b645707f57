"""A reader that handles line by line drowns in empty lines long before the bytes are many."""

import os

import honest
from fastapi import FastAPI


def deed() -> None:
    for _ in range(1000):
        os.write(1, b"\n" * 10_000)


app = FastAPI()


@app.get("/sum")
def sum_of(a: int, b: int) -> dict[str, int]:
    deed()
    return {"sum": a + b}


app.include_router(honest.router)
