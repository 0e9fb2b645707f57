"""The other order: the app is killed and a small helper in a session of its own stays. That the
box still lives does not make the app's death a riddle: it was its memory."""

import mmap
import os
import time

import honest
from fastapi import FastAPI


def deed() -> None:
    if os.fork() == 0:
        os.setsid()
        time.sleep(600)
    kept = []
    flags = mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS | mmap.MAP_POPULATE
    while True:
        kept.append(mmap.mmap(-1, 16 << 20, flags=flags))


app = FastAPI()


@app.get("/sum")
def sum_of(a: int, b: int) -> dict[str, int]:
    deed()
    return {"sum": a + b}


app.include_router(honest.router)
