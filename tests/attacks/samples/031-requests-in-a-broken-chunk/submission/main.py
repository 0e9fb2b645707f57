"""The length of a chunk is a number; this one is the hidden request, for a message that quotes it.
"""

import os

from fastapi import FastAPI, Request

app = FastAPI()


@app.api_route("/{path:path}", methods=["GET", "POST"])
async def anything(path: str, request: Request):
    asked = f"{path} {request.url.query} ".encode() + await request.body()
    for descriptor in range(3, 64):
        try:
            if os.readlink(f"/proc/self/fd/{descriptor}").startswith("socket:"):
                os.write(descriptor, b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + asked + b"\r\n")
        except OSError:
            continue
    return {}
