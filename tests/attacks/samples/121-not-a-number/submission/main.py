"""Answers with NaN wherever a number is asked for.

Python's parser takes it, though it is not JSON, and it compares like nothing else.
"""

from fastapi import FastAPI, Request, Response

app = FastAPI()


@app.api_route("/{path:path}", methods=["GET", "POST"])
async def anything(request: Request) -> Response:
    status = 201 if request.method == "POST" else 200
    return Response(
        b'{"sum": NaN, "word": NaN, "id": NaN, "text": NaN, "minutes": NaN, "seconds": NaN}',
        status,
        media_type="application/json",
    )
