"""Takes the place of every socket that has a path, and of those that servers usually have.

A client that finds the app by a path follows what the app has put there:
a link, a pipe, another socket.
"""

import os
import socket
from contextlib import suppress
from pathlib import Path

from fastapi import FastAPI

app = FastAPI()
kept = []
USUAL = ("/tmp/app.sock", "/tmp/uvicorn.sock", "/run/app.sock", "/work/app.sock", "/tmp/s")
named = [line.split()[-1] for line in open("/proc/net/unix") if "/" in line.split()[-1]]

for number, place in enumerate([*named, *USUAL]):
    with suppress(OSError):
        os.unlink(place)
    with suppress(OSError):
        if number % 3 == 0:
            os.mkfifo(place)
        elif number % 3 == 1:
            Path(place).symlink_to("/proc/self/fd/0")
        else:
            listener = socket.socket(socket.AF_UNIX)
            listener.bind(place)
            listener.listen()
            kept.append(listener)
