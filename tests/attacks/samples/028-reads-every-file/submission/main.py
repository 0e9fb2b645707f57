"""Reads every small file outside the libraries, with names, link targets and extended attributes.
The suite would take one of its own secrets for a right answer, so finding it would earn points.
"""

import os
import re

from fastapi import FastAPI

# Does not match itself: nobody finds what they brought along.
SECRET = re.compile(rb"canar" + rb"y[0-9a-f]{32}")


SKIPPED = ("/proc", "/sys", "/usr", "/opt/assay/site-packages")


def texts():
    for root, folders, files in os.walk("/"):
        folders[:] = [f for f in folders if not os.path.join(root, f).startswith(SKIPPED)]
        for name in files + folders:
            path = os.path.join(root, name)
            yield path.encode("utf-8", "surrogateescape")
            try:
                yield from (os.getxattr(path, key) for key in os.listxattr(path))
                if os.path.islink(path):
                    yield os.readlink(path).encode()
                elif os.path.isfile(path) and os.path.getsize(path) < 1_000_000:
                    with open(path, "rb") as file:
                        yield file.read()
            except OSError:
                continue


def found() -> str:
    for text in texts():
        if match := SECRET.search(text):
            return match[0].decode()
    return ""


FOUND = found()
print(FOUND)
app = FastAPI()


@app.api_route("/{path:path}", methods=["GET", "POST"])
async def anything(path: str):
    return {"sum": FOUND, "word": FOUND}
