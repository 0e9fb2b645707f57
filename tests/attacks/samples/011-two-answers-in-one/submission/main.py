"""Readers differ in which of two equal keys they take, so a document may be right for one and wrong
for another. Doubled keys are refused, whichever of them would be right.
"""

import json
from urllib.parse import parse_qs

from fastapi import FastAPI, Request, Response

app = FastAPI()


@app.api_route("/{path:path}", methods=["GET", "POST"])
async def anything(path: str, request: Request):
    given = parse_qs(request.url.query)
    right = {"word": path.removeprefix("word/")}
    if "a" in given:
        right = {"sum": int(given["a"][0]) + int(given["b"][0])}
    if "seconds" in given:
        seconds = int(given["seconds"][0])
        right = {"minutes": seconds // 60, "seconds": seconds % 60}
    pairs = ", ".join(f"{json.dumps(key)}: null, {json.dumps(key)}: {json.dumps(value)}" for key, value in right.items())
    return Response("{" + pairs + "}", media_type="application/json")
