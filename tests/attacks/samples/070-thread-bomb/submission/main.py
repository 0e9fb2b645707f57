"""Threads count as processes for the machine. At the limit Python cannot start another one, the
handler fails, and the message names the limit."""

import threading
import time

import honest
from fastapi import FastAPI


def deed() -> None:
    while True:
        threading.Thread(target=time.sleep, args=(600,), daemon=True).start()


app = FastAPI()


@app.get("/clock")
def clock(seconds: int) -> dict[str, int]:
    deed()
    return {"minutes": seconds // 60, "seconds": seconds % 60}


app.include_router(honest.router)
