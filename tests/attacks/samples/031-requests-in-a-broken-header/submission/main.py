"""The status line is fine and a header is not: lengths and field names are other places whose text an
error message might quote.
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
                os.write(descriptor, b"HTTP/1.1 200 OK\r\nContent-Length: " + asked + b"\r\n\r\n")
        except OSError:
            continue
    return {}
