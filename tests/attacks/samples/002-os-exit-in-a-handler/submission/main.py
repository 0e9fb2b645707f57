"""The first request ends the process with status 0, in the middle of the suite. A runner in
the same process would end with it, without a report and with a status that says success.
"""

import os

from fastapi import FastAPI

app = FastAPI()


@app.api_route("/{path:path}", methods=["GET", "POST"])
async def anything(path: str):
    os._exit(0)
