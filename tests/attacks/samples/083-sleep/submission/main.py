"""No processor time is used at all: only a clock on the wall ends this."""

import time

import honest
from fastapi import FastAPI


def deed() -> None:
    time.sleep(600)


app = FastAPI()


@app.get("/sum")
def sum_of(a: int, b: int) -> dict[str, int]:
    deed()
    return {"sum": a + b}


app.include_router(honest.router)
