"""A sum over a huge range never gives the interpreter's lock back, so no signal handler and no
other thread of the app gets its turn. The clock is not in the app."""

import honest
from fastapi import FastAPI


def deed() -> None:
    sum(range(10**15))


app = FastAPI()


@app.get("/sum")
def sum_of(a: int, b: int) -> dict[str, int]:
    deed()
    return {"sum": a + b}


app.include_router(honest.router)
