"""Answers with a body just below the limit that needs thirty times its size once it is read.

If that ends the examiner, or its check, it is the app that pays for it.
"""

from fastapi import FastAPI, Request, Response

app = FastAPI()
BODY = b"[" + b"{}," * 1_390_000 + b"{}]"


@app.api_route("/{path:path}", methods=["GET", "POST"])
async def anything(request: Request) -> Response:
    status = 201 if request.method == "POST" else 200
    return Response(BODY, status, media_type="application/json")
