"""Requests reach the app, so it can print them, and repeat them in answers and exceptions, with every
header. What it prints in the exam is for staff; what a candidate reads is the author's sentence.
"""

import sys

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse

app = FastAPI()


@app.api_route("/{path:path}", methods=["GET", "POST"])
async def anything(path: str, request: Request):
    seen = {"url": str(request.url), "headers": dict(request.headers), "client": request.client}
    seen["body"] = (await request.body()).decode()
    print(seen, file=sys.stderr)
    return JSONResponse({"detail": f"What is {seen}?"}, 422, {"X-Seen": repr(seen)[:900]})
