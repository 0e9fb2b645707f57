"""Writes frames of the control channel, and the end of it, to every descriptor that it holds,
among them its own connection. What arrives there is an invalid answer, and nothing else
happens."""

import json
import os
from contextlib import suppress

import honest
from fastapi import FastAPI

FRAMES = (
    {"event": "exited", "app": 1, "exit_code": 0, "cpu_seconds": 0.0, "too_much_output": False},
    {"event": "ready", "app": 2},
    {"event": "stopped", "app": 1},
)


def deed() -> None:
    for descriptor in range(3, 256):
        for frame in FRAMES:
            data = json.dumps(frame).encode()
            with suppress(OSError):
                os.write(descriptor, len(data).to_bytes(4, "big") + data)


app = FastAPI()


@app.get("/sum")
def sum_of(a: int, b: int) -> dict[str, int]:
    deed()
    return {"sum": a + b}


app.include_router(honest.router)
