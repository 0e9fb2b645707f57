"""Three parts are right; the fourth gives its answer letter by letter, too late.

The time of one check may not be taken from the others, nor be renewed by each letter.
"""

import asyncio

from fastapi.responses import StreamingResponse
from right import app

app.router.routes = [route for route in app.router.routes if route.path != "/word/{word}"]


@app.get("/word/{word}")
async def word_of(word: str) -> StreamingResponse:
    async def drip():
        for letter in f'{{"word": "{word}"}}':
            yield letter
            await asyncio.sleep(0.2)

    return StreamingResponse(drip(), media_type="application/json")
