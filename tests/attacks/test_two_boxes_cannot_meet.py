"""Attack 43: two submissions that are graded at once try to find each other.

One takes locks on every file of the image that it may read, names in every namespace and a share
of the processor; the other looks whether anything is taken. Both see the same as if alone.
"""

from __future__ import annotations

import json

from sandbox.backends.docker import DockerSandbox
from sandbox.limits import Limits
from tests.sandbox.visitor import get

MEETING = """
import fcntl, itertools, os, socket
from fastapi import FastAPI

app = FastAPI()
held, named = [], []
PLACES = ("/etc", "/opt/assay", "/usr/lib/python3", "/usr/local/bin", "/run/assay")
NAMES = ("\\0meeting", "/tmp/meeting.sock", "/dev/shm/meeting.sock")

def files():
    for place in PLACES:
        for root, _folders, names in os.walk(place):
            for name in names[:5]:
                path = os.path.join(root, name)
                if not os.path.islink(path):
                    yield path

def lock_all():
    refused = []
    for path in itertools.islice(files(), 100):
        descriptor = os.open(path, os.O_RDONLY)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            held.append(descriptor)
        except BlockingIOError:
            refused.append(path)
            os.close(descriptor)
    return refused

def reached(name):
    try:
        with socket.socket(socket.AF_UNIX) as sock:
            sock.connect(name)
        return True
    except OSError:
        return False

@app.get("/take")
def take():
    for name in NAMES:
        sock = socket.socket(socket.AF_UNIX)
        sock.bind(name)
        sock.listen()
        named.append(sock)
    lock_all()
    return len(held)

@app.get("/look")
def look():
    return {"names": [name for name in NAMES if reached(name)], "refused": lock_all()}
"""
LIMITS = Limits(start_seconds=20)


def test_what_one_box_takes_is_free_in_another(docker_sandbox: DockerSandbox) -> None:
    with (
        docker_sandbox.open("fastapi", LIMITS) as one,
        docker_sandbox.open("fastapi", LIMITS) as other,
    ):
        for box in (one, other):
            box.channel.send_files({"main.py": MEETING})
            box.channel.start("main:app", LIMITS, number=1)
        taken = json.loads(get(one.channel, "/take"))
        seen = json.loads(get(other.channel, "/look"))
    assert taken == 100
    assert seen == {"names": [], "refused": []}


def test_the_same_box_would_notice(docker_sandbox: DockerSandbox) -> None:
    """Else the test above would prove nothing."""
    with docker_sandbox.open("fastapi", LIMITS) as box:
        box.channel.send_files({"main.py": MEETING})
        box.channel.start("main:app", LIMITS, number=1)
        get(box.channel, "/take")
        seen = json.loads(get(box.channel, "/look"))
    assert (len(seen["names"]), len(seen["refused"])) == (3, 100)
