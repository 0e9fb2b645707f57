"""The process that prints is not the app but a child in a session of its own. What counts is the
pipe, not who writes to it."""

import os
import time

import honest
from fastapi import FastAPI


def deed() -> None:
    if os.fork() == 0:
        os.setsid()
        if os.fork():
            os._exit(0)
        while True:
            os.write(1, b"no end " * 9000)
    time.sleep(600)


app = FastAPI()


@app.get("/sum")
def sum_of(a: int, b: int) -> dict[str, int]:
    deed()
    return {"sum": a + b}


app.include_router(honest.router)
