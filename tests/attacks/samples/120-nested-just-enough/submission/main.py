"""Answers with nine hundred brackets, which Python's parser still takes.

What parses then breaks whoever compares, copies or prints it; a depth has to be a rule.
"""

from fastapi import FastAPI, Request, Response

app = FastAPI()


@app.api_route("/{path:path}", methods=["GET", "POST"])
async def anything(request: Request) -> Response:
    status = 201 if request.method == "POST" else 200
    return Response(b"[" * 900 + b"]" * 900, status, media_type="application/json")
