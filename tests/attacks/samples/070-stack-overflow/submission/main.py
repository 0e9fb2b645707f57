"""Lets qsort call back into Python, which calls qsort, until the stack is at its end: the
process dies of the signal, which is the app's crash and nobody else's."""

import ctypes
import sys

import honest
from fastapi import FastAPI

libc = ctypes.CDLL(None)
COMPARE = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p)
WORDS = (ctypes.c_int * 2)(2, 1)


@COMPARE
def again(_one: int, _other: int) -> int:
    libc.qsort(WORDS, 2, 4, again)
    return 0


def deed() -> None:
    sys.setrecursionlimit(1 << 30)
    libc.qsort(WORDS, 2, 4, again)


app = FastAPI()


@app.get("/sum")
def sum_of(a: int, b: int) -> dict[str, int]:
    deed()
    return {"sum": a + b}


app.include_router(honest.router)
