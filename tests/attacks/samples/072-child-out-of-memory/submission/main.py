"""The helper takes all the memory and is killed; the app itself is small and lives. The verdict
follows the app's answers, not the box's history: an exit code or a flag of the container
alone would say otherwise."""

import mmap
import os

import honest
from fastapi import FastAPI

CHUNK = 512 << 20

child = os.fork()
if child == 0:
    room = mmap.mmap(-1, CHUNK, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS | mmap.MAP_POPULATE)
    os._exit(0)
assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -9


app = FastAPI()
app.include_router(honest.router)
