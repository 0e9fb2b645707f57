"""A stopped process takes no part in anything, not even in dying politely. It is killed."""

import os
import signal

import honest
from fastapi import FastAPI


def deed() -> None:
    os.kill(os.getpid(), signal.SIGSTOP)


app = FastAPI()


@app.get("/sum")
def sum_of(a: int, b: int) -> dict[str, int]:
    deed()
    return {"sum": a + b}


app.include_router(honest.router)
