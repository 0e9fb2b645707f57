"""Orphans go to process 1; if that never takes their last word they fill the box's 64 places,
and nobody can make another process. 80 pass only where somebody buries them."""

import subprocess
import time

import honest
from fastapi import FastAPI

ORPHANS = ": & " * 40  # a shell that does not wait for its forty children


def orphans_are_buried() -> bool:
    for _ in range(100):
        if subprocess.run(["/bin/sh", "-c", ORPHANS]).returncode == 0:
            return True
        time.sleep(0.02)  # process 1 may be a moment late, not for good
    return False


assert all(orphans_are_buried() for _ in range(2))


app = FastAPI()
app.include_router(honest.router)
