"""Answers with a wrong value and the right one under the same key.

Python's parser takes the last one, others the first: what is right depends on who reads.
"""

from fastapi import FastAPI, Request, Response

app = FastAPI()


def twice(**pairs: object) -> Response:
    found = ", ".join(f'"{key}": 0, "{key}": {value}' for key, value in pairs.items())
    return Response("{" + found + "}", media_type="application/json")


@app.get("/sum")
async def sum_of(a: int, b: int) -> Response:
    return twice(sum=a + b)


@app.get("/word/{word}")
async def word_of(word: str) -> Response:
    return twice(word=f'"{word}"')


@app.api_route("/notes", methods=["GET", "POST"], status_code=201)
async def notes(request: Request) -> Response:
    answer = twice(id=1, text='"x"')
    answer.status_code = 201 if request.method == "POST" else 200
    return answer


@app.get("/clock")
async def clock(seconds: int) -> Response:
    return twice(minutes=seconds // 60, seconds=seconds % 60)
