"""Orders to a box: every start is a fresh app, and a stop leaves nothing behind."""

import http.client
import json
import os
import time
from collections.abc import Iterator
from dataclasses import replace

import psutil
import pytest

from sandbox.backends.process import ProcessSandbox
from sandbox.box import Box
from sandbox.channel import Channel, DidNotStart
from sandbox.errors import BoxLost
from sandbox.limits import Limits
from tests.sandbox.visitor import get

LIMITS = Limits(start_seconds=20)
APP = """
import os, signal, subprocess, sys, time
from pathlib import Path
from fastapi import FastAPI

app = FastAPI()
count = 0
print("hello from the app")

@app.get("/count")
def counted():
    global count
    count += 1
    Path("/proc/self/cwd/mark").touch()
    return count

@app.get("/left")
def left():
    return sorted(os.listdir("."))

@app.get("/daemon")
def daemon():
    reader, writer = os.pipe()
    if os.fork() == 0:
        os.setsid()
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        if os.fork():
            os._exit(0)
        os.write(writer, str(os.getpid()).encode())
        time.sleep(600)
    return int(os.read(reader, 20))

@app.get("/family")
def family():
    reader, writer = os.pipe()
    if os.fork() == 0:
        for generation in range(3):
            os.setsid()
            os.write(writer, f"{os.getpid()} ".encode())
            if generation < 2 and os.fork():
                break
        else:
            os.write(writer, b".")
        time.sleep(600)
    said = b""
    while not said.endswith(b"."):
        said += os.read(reader, 100)
    return [int(pid) for pid in said[:-1].split()]

@app.get("/exit/{code}")
def leave(code: int):
    os._exit(code)
"""


def alive(process: psutil.Process) -> bool:
    try:
        return process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


@pytest.fixture(scope="module")
def box(process_sandbox: ProcessSandbox) -> Iterator[Box]:
    with process_sandbox.open("fastapi", LIMITS) as box:
        box.channel.send_files({"main.py": APP})
        yield box


@pytest.fixture
def channel(box: Box) -> Channel:
    """The module's box with an app that has served nobody yet."""
    box.channel.start("main:app", LIMITS, number=box.channel.app + 1)
    return box.channel


def test_a_connection_is_served_by_the_app(channel: Channel) -> None:
    assert get(channel, "/count") == "1"
    assert get(channel, "/count") == "2"


def test_a_second_start_knows_nothing_of_the_first(channel: Channel) -> None:
    get(channel, "/count")
    assert "mark" in get(channel, "/left")
    channel.start("main:app", LIMITS, number=channel.app + 1)
    assert get(channel, "/left") == '["main.py"]'
    assert get(channel, "/count") == "1"


def test_stop_says_what_the_app_printed(channel: Channel) -> None:
    stopped = channel.stop()
    assert stopped.output == "hello from the app\n"
    assert stopped.output_bytes == len(stopped.output)


def test_stop_kills_a_daemon_in_a_session_of_its_own(channel: Channel) -> None:
    daemon = psutil.Process(int(get(channel, "/daemon")))
    assert daemon.is_running()
    channel.stop()
    assert not alive(daemon)


def test_stop_kills_the_children_of_children(channel: Channel) -> None:
    members = [psutil.Process(pid) for pid in json.loads(get(channel, "/family"))]
    assert len(members) == 3
    channel.stop()
    assert [each.pid for each in members if alive(each)] == []


def test_an_app_that_is_alive_is_not_gone(channel: Channel) -> None:
    assert channel.why_gone(0.05) is None


def test_an_app_that_left_says_how(channel: Channel) -> None:
    with pytest.raises((http.client.HTTPException, OSError)):
        get(channel, "/exit/7")
    ending = channel.why_gone(10)
    assert ending is not None
    assert ending.exit_code == 7


def test_a_connection_to_an_app_that_left_is_closed(channel: Channel) -> None:
    with pytest.raises((http.client.HTTPException, OSError)):
        get(channel, "/exit/0")
    assert channel.why_gone(10) is not None
    with channel.connect() as connection:
        connection.settimeout(10)
        assert connection.recv(1) == b""


def test_a_start_that_takes_too_long_is_over_at_its_limit(process_sandbox: ProcessSandbox) -> None:
    limits = replace(LIMITS, start_seconds=0.5)
    with process_sandbox.open("fastapi", limits) as box:
        box.channel.send_files({"main.py": "import time\ntime.sleep(60)\n"})
        begun = time.monotonic()
        with pytest.raises(DidNotStart) as caught:
            box.channel.start("main:app", limits, number=1)
        assert time.monotonic() - begun < 5
    assert caught.value.failure is None


def test_an_app_that_prints_all_the_time_is_heard_after_every_start(
    process_sandbox: ProcessSandbox,
) -> None:
    """A pipe that is empty for a moment is not a pipe that has ended."""
    chatty = (
        "import threading, time\nfrom fastapi import FastAPI\napp = FastAPI()\n"
        "def talk():\n    while True:\n        print('.', end='', flush=True)\n"
        "threading.Thread(target=talk, daemon=True).start()\n"
    )
    limits = replace(LIMITS, output_kb=64 * 1024)
    with process_sandbox.open("fastapi", limits) as box:
        box.channel.send_files({"main.py": chatty})
        for number in range(1, 9):
            box.channel.start("main:app", limits, number=number)
        time.sleep(1)
        heard = box.channel.stop().output_bytes
    assert heard > 80_000, "more than a pipe holds when nobody reads it"


def test_a_box_that_was_closed_takes_no_orders(process_sandbox: ProcessSandbox) -> None:
    box = process_sandbox.open("fastapi", LIMITS)
    box.close()
    box.close()
    with pytest.raises((BoxLost, OSError)):
        box.channel.start("main:app", LIMITS, number=1)


def test_a_box_ends_with_everything_that_ran_in_it(process_sandbox: ProcessSandbox) -> None:
    box = process_sandbox.open("fastapi", LIMITS)
    box.channel.send_files({"main.py": APP})
    box.channel.start("main:app", LIMITS, number=1)
    daemon = psutil.Process(int(get(box.channel, "/daemon")))
    box.close()
    daemon.wait(10)
    assert not daemon.is_running()
    assert not [c for c in psutil.Process(os.getpid()).children() if c == daemon]
