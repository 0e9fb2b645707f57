"""Right answers, each with half a character in one more field.

It parses, and then breaks whoever prints it or stores it in a database.
"""

from fastapi import FastAPI, Request, Response

app = FastAPI()


@app.api_route("/{path:path}", methods=["GET", "POST"])
async def anything(path: str, request: Request) -> Response:
    status = 201 if request.method == "POST" else 200
    word = path.removeprefix("word/")
    return Response('{"word": "%s", "id": 1, "text": "\\ud800"}' % word, status)
