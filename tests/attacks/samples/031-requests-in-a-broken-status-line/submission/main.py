"""An answer that is no HTTP is refused, and a message that quotes what was wrong with it would hand the
hidden request to the candidate. It may say what kind of thing was wrong, not what stood there.
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
                os.write(descriptor, b"HTTP/1.1 2OO " + asked.replace(b"\n", b" ") + b"\r\n\r\n")
        except OSError:
            continue
    return {}
