"""Process 1 runs under the same user, so every signal may be sent to it. A process 1 that stops,
ends or loses its place because of one would take the verdict with it. It must go on, and so
must this honest app."""

import os
import signal
from contextlib import suppress

import honest
from fastapi import FastAPI

for number in range(1, signal.NSIG):
    with suppress(OSError):
        os.kill(1, number)
for number in (signal.SIGURG, signal.SIGWINCH, signal.SIGCONT, signal.SIGCHLD):
    with suppress(OSError):
        os.kill(-1, number)
for _ in range(2000):
    os.kill(1, signal.SIGCHLD)


app = FastAPI()
app.include_router(honest.router)
