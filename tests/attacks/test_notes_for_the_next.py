"""Attack 42: one submission leaves notes for the next, in the same box or in another.

It writes to every place that takes a file, and makes names in shared memory and among sockets.
"""

import json
from collections.abc import Iterator

import pytest

from sandbox.backends.docker import DockerSandbox
from sandbox.box import Box
from sandbox.limits import Limits
from tests.sandbox.visitor import get

WRITER = """
import os, socket
from pathlib import Path
from fastapi import FastAPI

app = FastAPI()
kept = []
NOTE = "note-for-the-next"

def folders():
    for root, names, _files in os.walk("/"):
        names[:] = [n for n in names if n not in ("proc", "sys")]
        for name in names:
            try:
                os.chmod(os.path.join(root, name), 0o700)
            except OSError:
                continue
        yield root

@app.get("/write")
def write():
    done = []
    for folder in folders():
        try:
            Path(folder, NOTE).touch()
            done.append(folder)
            Path(folder, NOTE).write_text("the answer is 42")
        except OSError:
            continue
    neighbour = socket.socket(socket.AF_UNIX)
    neighbour.bind("\\0" + NOTE)
    kept.append(neighbour)
    return done

@app.get("/hide")
def hide():
    locked = Path("/tmp/locked/inside")
    locked.mkdir(parents=True)
    Path(locked, NOTE).write_text("the answer is 42")
    locked.chmod(0)
    locked.parent.chmod(0)
    return []

@app.get("/bury")
def bury():
    os.chdir("/tmp")
    for _ in range(990):
        os.mkdir("d")
        os.chdir("d")
    Path(NOTE).write_text("the answer is 42")
    return []

@app.get("/find")
def find():
    os.chdir("/")
    found = [root for root in folders() if os.path.exists(os.path.join(root, NOTE))]
    for root in ("/tmp", "/work", "/dev/shm"):
        found += [str(path) for path in Path(root).iterdir() if path.name in ("d", "locked")]
    return found + [line for line in open("/proc/net/unix") if NOTE in line]
"""
LIMITS = Limits(start_seconds=20)


@pytest.fixture
def box(docker_sandbox: DockerSandbox) -> Iterator[Box]:
    with docker_sandbox.open("fastapi", LIMITS) as box:
        box.channel.send_files({"main.py": WRITER})
        yield box


neighbour = box


def ask(box: Box, path: str) -> list[str]:
    """One question to a fresh start of the app."""
    box.channel.start("main:app", LIMITS, number=box.channel.app + 1)
    found: list[str] = json.loads(get(box.channel, path))
    return found


def test_a_note_is_written_and_no_other_box_finds_it(box: Box, neighbour: Box) -> None:
    assert sorted(ask(box, "/write")) == ["/dev/shm", "/tmp", "/work"]  # noqa: S108
    assert json.loads(get(box.channel, "/find")) != []
    assert ask(neighbour, "/find") == []


@pytest.mark.parametrize("way", ["/write", "/hide", "/bury"])
def test_no_start_finds_a_note_of_the_one_before(box: Box, way: str) -> None:
    ask(box, way)
    assert ask(box, "/find") == []
