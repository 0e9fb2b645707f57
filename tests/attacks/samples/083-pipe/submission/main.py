"""Both ends are its own, so neither a byte nor the end will ever come."""

import os

import honest
from fastapi import FastAPI


def deed() -> None:
    read, write = os.pipe()
    os.read(read, write)


app = FastAPI()


@app.get("/sum")
def sum_of(a: int, b: int) -> dict[str, int]:
    deed()
    return {"sum": a + b}


app.include_router(honest.router)
