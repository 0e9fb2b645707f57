"""A loop that never waits: the check is over after its second."""

import honest
from fastapi import FastAPI


def deed() -> None:
    while True:
        pass


app = FastAPI()


@app.get("/sum")
def sum_of(a: int, b: int) -> dict[str, int]:
    deed()
    return {"sum": a + b}


app.include_router(honest.router)
