"""Gives the signal for "file too long" its deadly default back and writes on. The app dies of
that signal and is told which limit it was, not only that it has crashed."""

import signal

import honest
from fastapi import FastAPI

signal.signal(signal.SIGXFSZ, signal.SIG_DFL)


def deed() -> None:
    with open("/tmp/long", "wb", buffering=0) as file:
        while True:
            file.write(bytes(1 << 20))


app = FastAPI()


@app.get("/sum")
def sum_of(a: int, b: int) -> dict[str, int]:
    deed()
    return {"sum": a + b}


app.include_router(honest.router)
