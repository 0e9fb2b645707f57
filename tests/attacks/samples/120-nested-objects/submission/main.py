"""Answers with objects in objects, a hundred thousand deep.

Objects take another way through a parser than arrays.
"""

from fastapi import FastAPI, Request, Response

app = FastAPI()


@app.api_route("/{path:path}", methods=["GET", "POST"])
async def anything(request: Request) -> Response:
    status = 201 if request.method == "POST" else 200
    return Response(
        b'{"sum":' * 100_000 + b"1" + b"}" * 100_000, status, media_type="application/json"
    )
