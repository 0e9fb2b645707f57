"""Polite stops wait for their full grace before they kill. Blocks and ignores all signals in all
threads; nobody asks politely."""

import signal
import time
from contextlib import suppress

import honest
from fastapi import FastAPI

for number in range(1, signal.NSIG):
    with suppress(OSError, ValueError):
        signal.signal(number, signal.SIG_IGN)


def deed() -> None:
    signal.pthread_sigmask(signal.SIG_BLOCK, range(1, signal.NSIG))
    time.sleep(600)


app = FastAPI()


@app.get("/sum")
def sum_of(a: int, b: int) -> dict[str, int]:
    deed()
    return {"sum": a + b}


app.include_router(honest.router)
