"""Asks for a gigabyte that costs nothing until it is used, then uses it one byte a page. What is
counted is what is used."""

import mmap

import honest
from fastapi import FastAPI

room = mmap.mmap(-1, 1 << 30)


def touch(start: int, end: int) -> None:
    for page in range(start, end, mmap.PAGESIZE):
        room[page] = 1


touch(0, 40 << 20)  # the rest goes quickly, even where many share the machine


def deed() -> None:
    touch(40 << 20, 1 << 30)


app = FastAPI()


@app.get("/sum")
def sum_of(a: int, b: int) -> dict[str, int]:
    deed()
    return {"sum": a + b}


app.include_router(honest.router)
