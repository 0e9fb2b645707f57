"""A segmentation fault may leave a core file in the box, or be piped to a program of the
machine. The app crashes in each sum and looks for the file afterwards; it must be a plain
crash that names its signal."""

import ctypes
import resource
from contextlib import suppress

import honest
from fastapi import FastAPI


def deed() -> None:
    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_CORE, (-1, -1))
    ctypes.string_at(0)


app = FastAPI()


@app.get("/sum")
def sum_of(a: int, b: int) -> dict[str, int]:
    deed()
    return {"sum": a + b}


app.include_router(honest.router)
