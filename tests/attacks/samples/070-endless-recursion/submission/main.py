"""Plain recursion ends in an exception of the app's own, which is a wrong answer and nothing
else."""

import honest
from fastapi import FastAPI


def deed() -> None:
    deed()


app = FastAPI()


@app.get("/sum")
def sum_of(a: int, b: int) -> dict[str, int]:
    deed()
    return {"sum": a + b}


app.include_router(honest.router)
