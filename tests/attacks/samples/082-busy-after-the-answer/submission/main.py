"""The task runs when the answer is already on its way, and blocks the event loop for good. The
answer counts, and the next check gets a fresh start."""

import honest
from fastapi import BackgroundTasks, FastAPI


def spin() -> None:
    sum(range(10**15))


app = FastAPI()


@app.get("/sum")
async def sum_of(a: int, b: int, tasks: BackgroundTasks) -> dict[str, int]:
    tasks.add_task(spin)
    return {"sum": a + b}


app.include_router(honest.router)
