"""What an app prints is stored somewhere unless somebody counts. After one megabyte the app is
ended, and the message says so."""

import os

import honest
from fastapi import FastAPI


def deed() -> None:
    while True:
        for descriptor in (1, 2):
            os.write(descriptor, b"no end " * 9000)


app = FastAPI()


@app.get("/sum")
def sum_of(a: int, b: int) -> dict[str, int]:
    deed()
    return {"sum": a + b}


app.include_router(honest.router)
