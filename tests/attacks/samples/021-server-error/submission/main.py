"""An error of the server might be taken for trouble of the platform; it is a wrong answer.
"""

from fastapi import FastAPI

app = FastAPI()


@app.api_route("/{path:path}", methods=["GET", "POST"])
async def anything(path: str):
    raise ValueError("no")
