"""Answers with a number of five thousand digits.

Python refuses to convert it with an error that JSON parsers are not known for.
"""

from fastapi import FastAPI, Request, Response

app = FastAPI()


@app.api_route("/{path:path}", methods=["GET", "POST"])
async def anything(request: Request) -> Response:
    status = 201 if request.method == "POST" else 200
    return Response(b'{"sum": %b}' % (b"9" * 5000), status, media_type="application/json")
