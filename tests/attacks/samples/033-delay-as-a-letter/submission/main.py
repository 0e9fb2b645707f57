"""Waits in proportion to a letter of the hidden input before it answers wrongly. With times per check
the candidate reads the letter off; what is told is the same for every wait below the limit.
"""

import asyncio
from itertools import count

from fastapi import FastAPI, Request

app = FastAPI()


@app.api_route("/{path:path}", methods=["GET", "POST"])
async def anything(path: str, request: Request):
    letters = sum(f"{path}?{request.url.query}".encode())
    await asyncio.sleep(letters % 8 / 20)
    return {}
