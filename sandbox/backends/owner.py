"""Who made a box: boot, process and its start together, since a process number comes round again."""

import os
import socket
from pathlib import Path

BOOT_ID = Path("/proc/sys/kernel/random/boot_id")
START_FIELD = 19  # of /proc/<pid>/stat, counted behind the name, which may hold anything
ENDED = ("Z", "X")


def myself() -> str:
    """This process, in the form of a label."""
    pid = os.getpid()
    return f"{socket.gethostname()}/{pid}@{_start(pid)}/{_boot()}/{_process_namespace()}"


def is_alive(owner: str) -> bool | None:
    """Whether that process still runs; nothing if it cannot be seen from here."""
    try:
        host, process, boot, namespace = owner.split("/")
        pid, start = process.split("@")
    except ValueError:
        return None
    if boot != _boot():
        # The same machine has booted since, or it is another machine with the same engine.
        return False if host == socket.gethostname() else None
    if namespace != _process_namespace():
        return None
    return _start(int(pid)) == start


def _boot() -> str:
    return BOOT_ID.read_text().strip()


def _process_namespace() -> str:
    return str(Path("/proc/self/ns/pid").stat().st_ino)


def _start(pid: int) -> str | None:
    """When the process started, in ticks since the boot: no change of the clock moves it."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_bytes().rpartition(b")")[2].decode().split()
    except OSError:
        return None
    return None if fields[0] in ENDED else fields[START_FIELD]
