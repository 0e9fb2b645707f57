"""Answers with a fraction of four million digits.

It has no exponent and no size to speak of, only time and memory to take.
"""

from fastapi import FastAPI, Request, Response

app = FastAPI()


@app.api_route("/{path:path}", methods=["GET", "POST"])
async def anything(request: Request) -> Response:
    status = 201 if request.method == "POST" else 200
    return Response(b'{"sum": 0.%b}' % (b"1" * 4_000_000), status, media_type="application/json")
