"""Attacks 28 and 29: the app reads every file it can find, its memory and its own process.

Samples look for what an exam hides. Here the app looks for what belongs to the house: source of
the trusted side, challenges, the worker's secrets; and the test sees that it has really looked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from sandbox.backends.docker import DockerSandbox
from sandbox.limits import Limits
from tests.sandbox.visitor import get

READER = """
import os, re, sys
from pathlib import Path
from fastapi import FastAPI
from fastapi.responses import PlainTextResponse

app = FastAPI()
# Patterns that do not match their own text: nobody finds what they brought along.
WANTED = [re.compile(pattern.encode()) for pattern in __WANTED__]

def files():
    for root, folders, names in os.walk("/"):
        folders[:] = [f for f in folders if not (root == "/" and f == "sys")]
        for name in names:
            yield Path(root, name)

def pieces():
    for path in files():
        try:
            if path.is_file() and path.stat().st_size < 5_000_000:
                yield str(path), path.read_bytes()
        except (OSError, ValueError):
            continue

def memory():
    for line in open("/proc/self/maps"):
        span, rights, *_rest = line.split()
        if "r" not in rights or "[v" in line:
            continue
        start, end = (int(part, 16) for part in span.split("-"))
        try:
            with open("/proc/self/mem", "rb") as mem:
                mem.seek(start)
                yield line, mem.read(min(end - start, 64_000_000))
        except (OSError, ValueError, OverflowError):
            continue

def words(kind):
    for where, data in kind():
        for number, pattern in enumerate(WANTED):
            if pattern.search(data):
                yield f"{where}: {number}"

@app.get("/count")
def count():
    return sum(1 for _ in pieces())

@app.get("/files")
def in_files():
    return PlainTextResponse("\\n".join(words(pieces)))

@app.get("/memory")
def in_memory():
    return PlainTextResponse("\\n".join(words(memory)))

@app.get("/objects")
def in_objects():
    seen = " ".join(sorted({str(getattr(m, "__name__", "")) for m in sys.modules.values()}))
    return PlainTextResponse(seen)

@app.get("/plain")
def plain():
    return PlainTextResponse(Path("/proc/self/environ").read_text().replace("\\0", "\\n"))
"""
WORKER_CANARY = "canary-of-the-worker"
LIMITS = Limits(start_seconds=20, cpu_seconds=60, memory_mb=512)
SECRETS = (
    *(WORKER_CANARY, "org.assay", "challenge.toml"),
    *("solutions/right", "def lock_in", "class Scoreboard", "Welcome to the depot"),
)


@pytest.fixture(scope="module")
def reader(docker_sandbox: DockerSandbox) -> Iterator[dict[str, str]]:
    wanted = [f"{re.escape(word[:-1])}[{word[-1]}]" for word in SECRETS]
    code = READER.replace("__WANTED__", repr(wanted))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATABASE_URL", f"postgresql://assay:{WORKER_CANARY}@db/assay")
        with docker_sandbox.open("fastapi", LIMITS) as box:
            box.channel.send_files({"main.py": code})
            box.channel.start("main:app", LIMITS, number=1)
            paths = ("count", "files", "memory", "objects", "plain")
            yield {path: get(box.channel, f"/{path}") for path in paths}


def test_the_reader_has_really_read(reader: dict[str, str]) -> None:
    assert int(reader["count"]) > 1000


def test_no_file_in_a_box_tells_anything_hidden(reader: dict[str, str]) -> None:
    assert reader["files"] == ""


def test_no_memory_of_the_app_tells_anything_hidden(reader: dict[str, str]) -> None:
    assert reader["memory"] == ""


def test_no_module_of_ours_is_loaded_in_a_box(reader: dict[str, str]) -> None:
    loaded = set(reader["objects"].split())
    assert "fastapi" in loaded
    assert not {"graders", "sandbox", "portal", "pytest", "agent", "serve"} & loaded


def test_the_environment_of_a_box_is_not_the_workers(reader: dict[str, str]) -> None:
    assert WORKER_CANARY not in reader["plain"]
