"""Attack 42: one submission leaves notes for another that is examined at the same time.

It writes to every place that takes a file and makes names among the sockets; what it can leave to
a later start of its own is the business of samples, while this takes two boxes.
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

@app.get("/find")
def find():
    found = [root for root in folders() if os.path.exists(os.path.join(root, NOTE))]
    return found + [line for line in open("/proc/net/unix") if NOTE in line]
"""
LIMITS = Limits(start_seconds=20)


@pytest.fixture
def box(docker_sandbox: DockerSandbox) -> Iterator[Box]:
    with docker_sandbox.open("fastapi", LIMITS) as box:
        box.channel.send_files({"main.py": WRITER})
        box.channel.start("main:app", LIMITS, number=1)
        yield box


neighbour = box


def ask(box: Box, path: str) -> list[str]:
    found: list[str] = json.loads(get(box.channel, path))
    return found


def test_a_note_is_written_and_no_other_box_finds_it(box: Box, neighbour: Box) -> None:
    assert sorted(ask(box, "/write")) == ["/dev/shm", "/tmp", "/work"]  # noqa: S108
    assert len(ask(box, "/find")) == 4, "three files and a socket"
    assert ask(neighbour, "/find") == []
