"""Answers with a hundred thousand brackets.

A parser that calls itself for each leaves its suite by a way that nobody expects.
"""

from fastapi import FastAPI, Request, Response

app = FastAPI()


@app.api_route("/{path:path}", methods=["GET", "POST"])
async def anything(request: Request) -> Response:
    status = 201 if request.method == "POST" else 200
    return Response(b"[" * 100_000 + b"]" * 100_000, status, media_type="application/json")
