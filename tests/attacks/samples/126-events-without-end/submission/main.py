"""Answers every question with a stream of events.

A document was asked for: the stream is alive and never complete.
"""

import asyncio

from fastapi import FastAPI
from fastapi.responses import StreamingResponse

app = FastAPI()


@app.api_route("/{path:path}", methods=["GET", "POST"])
async def events(path: str) -> StreamingResponse:
    async def beat():
        while True:
            yield 'data: {"sum": 1}\n\n'
            await asyncio.sleep(0.1)

    return StreamingResponse(beat(), media_type="text/event-stream")
