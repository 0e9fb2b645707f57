# ruff: noqa: BLE001, S108, S602, S603, S607
"""Runs in a box: does what candidates' apps do, and prints as JSON what works and what broke."""

import asyncio
import contextlib
import json
import multiprocessing
import os
import secrets
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
import traceback
import zoneinfo
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path

import httpx
import uvicorn
from fastapi import FastAPI

SOCKET = "/tmp/app.sock"
FORK = multiprocessing.get_context("fork")

app = FastAPI()


@app.get("/{name}")
def hello(name: str) -> dict[str, str]:
    """The candidate's whole app."""
    return {"hello": name}


def serves_an_app() -> None:
    server = uvicorn.Server(uvicorn.Config(app, uds=SOCKET, log_level="warning"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    with httpx.Client(transport=httpx.HTTPTransport(uds=SOCKET)) as client:
        assert client.get("http://box/ada").json() == {"hello": "ada"}
    server.should_exit = True
    thread.join()


def uses_threads() -> None:
    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(int, "12345678")) == 36


def runs_programs() -> None:
    done = subprocess.run("echo out; exit 3", shell=True, capture_output=True, check=False)
    assert (done.stdout, done.returncode) == (b"out\n", 3)
    command = [sys.executable, "-c", "print(1)"]
    assert subprocess.check_output(command, start_new_session=True) == b"1\n"


def keeps_a_database() -> None:
    with contextlib.closing(sqlite3.connect("/tmp/app.db")) as connection:
        assert connection.execute("PRAGMA journal_mode=WAL").fetchone() == ("wal",)
        connection.execute("CREATE TABLE ticket (id INTEGER)")
        connection.execute("INSERT INTO ticket VALUES (1)")
        connection.commit()


def forks() -> None:
    here, there = multiprocessing.Pipe()
    process = FORK.Process(target=there.send, args=("hello",))
    process.start()
    assert here.recv() == "hello"
    process.join()


def uses_a_process_pool() -> None:
    with ProcessPoolExecutor(2, mp_context=FORK) as pool:
        assert list(pool.map(abs, (-1, -2))) == [1, 2]


def talks_to_itself() -> None:
    listener = socket.create_server(("127.0.0.1", 0))
    with listener, socket.create_connection(listener.getsockname()) as client:
        listener.accept()[0].sendall(b"hello")
        assert client.recv(5) == b"hello"
    assert socket.getaddrinfo("localhost", 80)


def awaits() -> None:
    async def everything() -> None:
        process = await asyncio.create_subprocess_exec("true")
        assert await process.wait() == 0
        assert await asyncio.to_thread(abs, -1) == 1
        await asyncio.wait_for(asyncio.gather(*map(asyncio.sleep, [0.01] * 20)), 5)

    asyncio.run(everything())


def handles_files() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "a").write_text("text")
        shutil.copy2(folder / "a", folder / "b")
        shutil.copytree(folder, folder.with_name("copy"))
        shutil.make_archive("/tmp/packed", "gztar", name)
        os.mkfifo(folder / "pipe")
        (folder / "link").symlink_to("a")
        (folder / "b").rename(folder / "c")
        (folder / "c").chmod(0o600)
        with (folder / "c").open("r+b") as file:
            os.fsync(file.fileno())
            file.truncate(2)
        assert {path.name for path in folder.iterdir()} == {"a", "c", "link", "pipe"}


def sets_an_alarm() -> None:
    signal.signal(signal.SIGALRM, lambda *_: None)
    signal.setitimer(signal.ITIMER_REAL, 0.01)
    signal.pause()


def knows_time_chance_and_home() -> None:
    assert len(secrets.token_bytes(16)) == 16
    assert str(zoneinfo.ZoneInfo("Europe/London")) == "Europe/London"
    assert Path.home()
    assert os.cpu_count()


def watches_a_child() -> None:
    pid = os.fork()
    if pid == 0:
        time.sleep(60)
    handle = os.pidfd_open(pid)
    signal.pidfd_send_signal(handle, signal.SIGKILL)
    assert os.waitid(os.P_PIDFD, handle, os.WEXITED)


PARTS = (
    *(serves_an_app, uses_threads, runs_programs, keeps_a_database, forks, uses_a_process_pool),
    *(talks_to_itself, awaits, handles_files, sets_an_alarm, knows_time_chance_and_home),
    *(watches_a_child,),
)


def main() -> None:
    """Try every part; one that breaks does not keep the others from being tried."""
    said = {}
    for part in PARTS:
        try:
            part()
            said[part.__name__] = "works"
        except Exception:
            said[part.__name__] = traceback.format_exc()
    print(json.dumps(said))


main()
