"""Bytes that wait in sockets and pipes belong to no process, so a limit per process does not see
them. Children fill as many as they can; the box's own limit counts the kernel's memory as
well."""

import os
import socket
import time
from contextlib import suppress

import honest
from fastapi import FastAPI


def fill() -> None:
    kept = []
    with suppress(OSError):
        while True:
            pair = socket.socketpair()
            kept.append(pair)
            pair[0].setblocking(False)
            with suppress(BlockingIOError):
                while True:
                    pair[0].send(bytes(64 << 10))
    time.sleep(600)


def deed() -> None:
    for _ in range(6):
        if os.fork() == 0:
            fill()
    fill()


app = FastAPI()


@app.get("/clock")
def clock(seconds: int) -> dict[str, int]:
    deed()
    return {"minutes": seconds // 60, "seconds": seconds % 60}


app.include_router(honest.router)
