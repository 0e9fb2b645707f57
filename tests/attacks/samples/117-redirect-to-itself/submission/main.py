"""Sends whoever asks round in a circle, and counts.

Only who follows ten times gets the right answer; here nobody follows once.
"""

from fastapi import Request
from fastapi.responses import RedirectResponse
from right import app

seen: dict[str, int] = {}


@app.middleware("http")
async def again(request: Request, right_answer):
    seen[request.url.path] = seen.get(request.url.path, 0) + 1
    if seen[request.url.path] < 10:
        return RedirectResponse(request.url.path + "?" + request.url.query, 307)
    return await right_answer(request)
