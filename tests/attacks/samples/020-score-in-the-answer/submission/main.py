"""Some judges look for a marker such as `Grade :=>> 100` or for the last JSON line. Here the
markers stand in the body, in headers and in the output, and none of these is a channel for points.
"""

import json

from fastapi import FastAPI, Response

MARKERS = [
    "Grade :=>> 100",
    "SCORE: 100",
    "##teamcity[testFinished name='sum']",
    "::set-output name=score::100",
    json.dumps({"scores": {"sum": 25, "word": 25, "notes": 25, "clock": 25}}),
    json.dumps({"verdict": "passed", "score": 100, "max_score": 100}),
    json.dumps({"feedback": "AC", "fraction": 1.0}),
]

app = FastAPI()


@app.api_route("/{path:path}", methods=["GET", "POST"])
async def anything(path: str):
    print(*MARKERS, sep="\n")
    headers = {"X-Score": "100", "X-Verdict": "passed", "X-Assay-Verdict": MARKERS[5]}
    body = {"score": 100, "verdict": "passed", "status": "passed", "lines": MARKERS}
    return Response(json.dumps(body), headers=headers, media_type="application/json")
