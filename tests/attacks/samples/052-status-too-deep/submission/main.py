"""The report "I am ready" goes through a pipe that the app inherits. Writes 60 000 brackets to
every descriptor and ends its line: a reader that dies of it takes the box along. Nobody may
take this for a start, nor for a fault of ours."""

import os
from contextlib import suppress

import honest
from fastapi import FastAPI

for descriptor in range(3, 64):
    with suppress(OSError):
        os.set_blocking(descriptor, False)
        os.write(descriptor, b"[" * 60_000 + b"\n")


app = FastAPI()
app.include_router(honest.router)
