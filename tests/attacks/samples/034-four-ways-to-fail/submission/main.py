"""Wrong, gone, silent or nonsense: four ways to fail are two bits per requirement. Each requirement has
one status whatever its checks were, and the verdict names the limit that was hit.
"""

import asyncio
import os

from fastapi import FastAPI

app = FastAPI()


@app.get("/sum")
async def sum_of() -> dict[str, int]:
    return {}


@app.get("/word/{word}")
async def word_of(word: str) -> None:
    os._exit(0)


@app.api_route("/notes", methods=["GET", "POST"])
async def notes() -> None:
    for descriptor in range(3, 64):
        try:
            if os.readlink(f"/proc/self/fd/{descriptor}").startswith("socket:"):
                os.write(descriptor, b"nonsense\r\n\r\n")
        except OSError:
            continue


@app.get("/clock")
async def clock() -> None:
    await asyncio.sleep(60)
