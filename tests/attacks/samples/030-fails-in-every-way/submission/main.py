"""A wrong value, no JSON, an error and silence: each would print something else of the suite, its source
line, its expected value, its traceback. Told is what the author wrote for it, and no more.
"""

import asyncio

from fastapi import FastAPI, Response

app = FastAPI()


@app.get("/sum")
async def sum_of(a: int, b: int) -> dict[str, int]:
    return {"sum": a - b}


@app.get("/word/{word}")
async def word_of(word: str) -> Response:
    return Response("{word: " + word)


@app.api_route("/notes", methods=["GET", "POST"])
async def notes() -> None:
    raise RuntimeError("no notes today")


@app.get("/clock")
async def clock() -> None:
    await asyncio.sleep(60)
