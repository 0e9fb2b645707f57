"""A daemon renames folders, files and links over one another in every writable place, so that
whoever looks twice at a path sees two different things. Nobody looks: an honest app keeps its
points."""

import os
import time
from contextlib import suppress
from pathlib import Path

import honest
from fastapi import FastAPI

PLACES = ("/work", "/tmp", "/dev/shm")


def swap(place: Path) -> None:
    with suppress(OSError):
        Path(place, "folder").mkdir()
    with suppress(OSError):
        os.symlink("/etc", Path(place, "link"))
    for one, other in (("folder", "third"), ("link", "folder"), ("third", "link")):
        with suppress(OSError):
            os.rename(Path(place, one), Path(place, other))


if os.fork() == 0:
    os.setsid()
    while True:
        for place in PLACES:
            swap(Path(place))
        time.sleep(0.01)


app = FastAPI()
app.include_router(honest.router)
