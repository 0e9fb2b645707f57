"""Attack 130: the app removes or replaces the socket by which its box is commanded.

A grader that connects to a path in the box can be led to another socket. Ours is connected before
any submission is there, lies in a read-only folder, and has no name any more when the app runs.
"""

import json

from sandbox.backends.docker import DockerSandbox
from sandbox.limits import Limits
from tests.sandbox.visitor import get

SWAPPER = """
import errno, os, socket
from pathlib import Path
from fastapi import FastAPI

app = FastAPI()
FOLDER, PATH = "/run/assay", "/run/assay/control.sock"

def outcome(attempt):
    try:
        attempt()
    except OSError as error:
        return errno.errorcode[error.errno]
    return "done"

@app.get("/swap")
def swap():
    return {
        "listing": os.listdir(FOLDER),
        "remove": outcome(lambda: os.unlink(PATH)),
        "link": outcome(lambda: os.symlink("/tmp/mine.sock", PATH)),
        "bind": outcome(lambda: socket.socket(socket.AF_UNIX).bind(PATH)),
        "pipe": outcome(lambda: os.mkfifo(PATH)),
        "file": outcome(lambda: Path(PATH).write_text("x")),
        "move": outcome(lambda: os.rename(FOLDER, "/run/other")),
        "remove the folder": outcome(lambda: os.rmdir(FOLDER)),
        "connect": outcome(lambda: socket.socket(socket.AF_UNIX).connect(PATH)),
    }
"""
LIMITS = Limits(start_seconds=20)


def test_there_is_no_path_to_swap(docker_sandbox: DockerSandbox) -> None:
    with docker_sandbox.open("fastapi", LIMITS) as box:
        box.channel.send_files({"main.py": SWAPPER})
        box.channel.start("main:app", LIMITS, number=1)
        found = json.loads(get(box.channel, "/swap"))
        box.channel.start("main:app", LIMITS, number=2)
        assert json.loads(get(box.channel, "/swap"))["listing"] == []
    assert found.pop("listing") == []
    assert "done" not in found.values(), found
