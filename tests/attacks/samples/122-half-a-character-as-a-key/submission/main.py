"""Answers with half a character as a key.

Values are looked at, keys are forgotten.
"""

from fastapi import FastAPI, Request, Response

app = FastAPI()


@app.api_route("/{path:path}", methods=["GET", "POST"])
async def anything(request: Request) -> Response:
    status = 201 if request.method == "POST" else 200
    return Response(b'{"\\udfff": 1}', status, media_type="application/json")
