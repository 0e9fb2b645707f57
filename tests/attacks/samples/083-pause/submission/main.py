"""The main thread of another process would do; here a child waits and the app waits for the
child, both without using any time."""

import os
import signal

import honest
from fastapi import FastAPI


def deed() -> None:
    child = os.fork()
    if child == 0:
        while True:
            signal.pause()
    os.waitpid(child, 0)


app = FastAPI()


@app.get("/sum")
def sum_of(a: int, b: int) -> dict[str, int]:
    deed()
    return {"sum": a + b}


app.include_router(honest.router)
