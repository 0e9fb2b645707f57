"""Keeps eight megabytes more in each round until the kernel ends it."""

import honest
from fastapi import FastAPI

kept = [bytearray(40 << 20)]  # the rest goes quickly, even where many share the machine


def deed() -> None:
    while True:
        kept.append(bytearray(8 << 20))


app = FastAPI()


@app.get("/sum")
def sum_of(a: int, b: int) -> dict[str, int]:
    deed()
    return {"sum": a + b}


app.include_router(honest.router)
