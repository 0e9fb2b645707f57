"""Waits for no descriptor at all, without a limit."""

import select

import honest
from fastapi import FastAPI


def deed() -> None:
    select.select([], [], [])


app = FastAPI()


@app.get("/sum")
def sum_of(a: int, b: int) -> dict[str, int]:
    deed()
    return {"sum": a + b}


app.include_router(honest.router)
