"""A copy of the process keeps the descriptors of its start and waits for connections of later ones, with
what it has learnt. The starts have nothing in common: the copy is dead before the next one lives.
"""

import os
import signal
import threading

from fastapi import FastAPI

def detached(work) -> None:
    """Run `work` in a grandchild that belongs to no session of ours."""
    if os.fork():
        return
    os.setsid()
    if os.fork():
        os._exit(0)
    for number in range(1, 65):
        try:
            signal.signal(number, signal.SIG_IGN)
        except (OSError, ValueError):
            continue
    work()
    os._exit(0)


learnt = []
app = FastAPI()


@app.api_route("/{path:path}", methods=["GET", "POST"])
async def anything(path: str):
    learnt.append(path)
    if len(learnt) == 1:
        detached(lambda: threading.Event().wait(60))
    return {"learnt": learnt}
