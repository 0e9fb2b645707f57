"""Every clock of the process stands still, so that nobody in it ever measures more than nothing,
while the handlers take five seconds. The clock that counts is outside.
"""

import asyncio
import datetime
import time
from threading import Event

from fastapi import FastAPI

NOW = time.time()
for name in ("time", "monotonic", "perf_counter", "process_time", "thread_time"):
    setattr(time, name, lambda: 0.0)
    setattr(time, name + "_ns", lambda: 0)
datetime.datetime = type("datetime", (datetime.datetime,), {"now": lambda *_: datetime.date.today()})
asyncio.BaseEventLoop.time = lambda self: 0.0

app = FastAPI()


@app.api_route("/{path:path}", methods=["GET", "POST"])
async def anything(path: str):
    Event().wait(5)
    return {}
