"""The document holds all numbers, the whole request and every key at once: a check that only looks
whether the right value occurs somewhere finds it. Answers are compared whole.
"""

from urllib.parse import parse_qsl

from fastapi import FastAPI, Request

app = FastAPI()


@app.api_route("/{path:path}", methods=["GET", "POST"])
async def anything(path: str, request: Request):
    given = dict(parse_qsl(request.url.query))
    numbers = [int(value) for value in given.values()]
    everything = {"word": path.removeprefix("word/"), "sum": sum(numbers), "body": await request.body()}
    minutes, seconds = divmod(numbers[0] if numbers else 0, 60)
    return {**everything, "minutes": minutes, "seconds": seconds, "id": 1, "text": "", "all": given}
