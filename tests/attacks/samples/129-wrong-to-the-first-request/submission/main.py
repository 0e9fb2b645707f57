"""Is wrong to the first request of every start, and right from then on.

Where a probe of readiness asks first, it takes the wrong answer, and the checks get the right ones.
"""

from fastapi import Request
from fastapi.responses import JSONResponse
from right import app

seen = []


@app.middleware("http")
async def after_the_first(request: Request, right_answer):
    seen.append(request.url.path)
    return JSONResponse({}) if len(seen) == 1 else await right_answer(request)
