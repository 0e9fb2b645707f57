"""Answers with 1e999, which is a number on paper and infinity in memory.

A check for "more than" would take it.
"""

from fastapi import FastAPI, Request, Response

app = FastAPI()


@app.api_route("/{path:path}", methods=["GET", "POST"])
async def anything(request: Request) -> Response:
    status = 201 if request.method == "POST" else 200
    return Response(b'{"sum": 1e999}', status, media_type="application/json")
