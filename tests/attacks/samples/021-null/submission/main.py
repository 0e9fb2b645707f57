"""`null` has no keys, no length and no type to check.
"""

from fastapi import FastAPI

app = FastAPI()


@app.api_route("/{path:path}", methods=["GET", "POST"])
async def anything(path: str):
    return None
