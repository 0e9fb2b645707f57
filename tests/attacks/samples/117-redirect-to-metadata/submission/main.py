"""Sends whoever asks to the address where clouds keep their keys.

A client that follows asks for them on behalf of the app, from outside of its box.
"""

from fastapi import FastAPI
from fastapi.responses import RedirectResponse

app = FastAPI()


@app.api_route("/{path:path}", methods=["GET", "POST"])
async def away(path: str) -> RedirectResponse:
    return RedirectResponse("http://169.254.169.254/latest/meta-data/", 307)
