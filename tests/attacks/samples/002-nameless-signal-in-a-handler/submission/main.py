"""As at import, a status without a name, now reported by another part of the grader.
"""

import os

from fastapi import FastAPI

app = FastAPI()


@app.api_route("/{path:path}", methods=["GET", "POST"])
async def anything(path: str):
    os.kill(os.getpid(), 40)
