"""The process goes on under the same number as another program that ends with status 0;
who only watches the number sees nothing happen.
"""

import os

from fastapi import FastAPI

app = FastAPI()


@app.api_route("/{path:path}", methods=["GET", "POST"])
async def anything(path: str):
    os.execv("/bin/true", ["true"])
