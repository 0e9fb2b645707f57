"""The agent tells its host in frames of length and JSON that an app is ready or has ended.
The app writes such frames to all it holds; the agent's own socket is not among it.
"""

import json
import os

from fastapi import FastAPI

FRAMES = b""
for event in (
    {"event": "ready", "app": 1},
    {"event": "stopped", "app": 1, "output": "", "output_bytes": 0},
    {"event": "exited", "app": 1, "exit_code": 0, "cpu_seconds": 0.0, "too_much_output": False},
):
    data = json.dumps(event).encode()
    FRAMES += len(data).to_bytes(4, "big") + data

app = FastAPI()


@app.api_route("/{path:path}", methods=["GET", "POST"])
async def anything(path: str):
    for descriptor in range(3, 64):
        try:
            os.write(descriptor, FRAMES)
        except OSError:
            continue
    return {}
