"""Scratch space lies in memory and counts towards its limit. All places together are smaller
than the limit, so whoever fills them gets an error about space, not a death; the next start
finds them empty."""

import os
from contextlib import suppress

import honest
from fastapi import FastAPI

for place in ("/tmp", "/work", "/dev/shm"):
    for number in range(1000):
        with suppress(OSError):
            with open(f"{place}/fill-{number}", "wb", buffering=0) as file:
                while file.write(bytes(1 << 20)):
                    pass
            continue
        if os.statvfs(place).f_bavail == 0:
            break


app = FastAPI()
app.include_router(honest.router)
