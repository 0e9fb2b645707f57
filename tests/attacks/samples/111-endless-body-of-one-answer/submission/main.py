"""Three parts are right; the fourth streams without end, through the server's own means.

It may cost its own part only, not the checks before and after it, and not the examiner.
"""

from fastapi.responses import StreamingResponse
from right import app

app.router.routes = [route for route in app.router.routes if route.path != "/word/{word}"]


@app.get("/word/{word}")
async def word_of(word: str) -> StreamingResponse:
    async def flood():
        while True:
            yield word.encode() * 10_000

    return StreamingResponse(flood())
