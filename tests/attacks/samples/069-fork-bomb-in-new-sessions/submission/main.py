"""Children that leave session and process group outrun a janitor that kills by group. The box
counts them all and its end ends them all."""

import os
from contextlib import suppress

import honest
from fastapi import FastAPI


def deed() -> None:
    while True:
        with suppress(OSError):
            if os.fork() == 0:
                os.setsid()


app = FastAPI()


@app.get("/clock")
def clock(seconds: int) -> dict[str, int]:
    deed()
    return {"minutes": seconds // 60, "seconds": seconds % 60}


app.include_router(honest.router)
