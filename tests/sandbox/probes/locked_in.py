"""Locks itself in, tries what it must not do any more, and prints what happened as JSON.

Arguments: a folder that stays readable, a file elsewhere, and `without-landlock` if wanted.
"""

import ctypes
import errno
import json
import os
import socket
import sys
import threading
from collections.abc import Callable
from pathlib import Path

from sandbox import confine

READABLE, ELSEWHERE = Path(sys.argv[1]), Path(sys.argv[2])
libc = ctypes.CDLL(None, use_errno=True)


def outcome(attempt: Callable[[], object]) -> str:
    try:
        attempt()
    except OSError as error:
        return errno.errorcode[error.errno or 0]
    return "done"


def called(number: int, *arguments: object) -> Callable[[], None]:
    def attempt() -> None:
        if libc.syscall(number, *arguments) < 0:
            raise OSError(ctypes.get_errno(), "refused")

    return attempt


def forked(attempt: Callable[[], object]) -> str:
    reader, writer = os.pipe()
    if os.fork() == 0:
        os.write(writer, outcome(attempt).encode())
        os._exit(0)
    os.wait()
    return os.read(reader, 40).decode()


def in_thread(attempt: Callable[[], object]) -> str:
    said: list[str] = []
    thread = threading.Thread(target=lambda: said.append(outcome(attempt)))
    thread.start()
    thread.join()
    return said[0]


def make_pair() -> None:
    here, there = socket.socketpair()
    here.close()
    there.close()


def execute() -> None:
    os.execv("/bin/true", ["true"])  # noqa: S606  (it must not get that far)


def main() -> None:
    before = socket.socket(socket.AF_UNIX)
    if "without-landlock" in sys.argv:
        confine.landlock_version = lambda: 0
    locks = confine.lock_in([READABLE])
    attempts: dict[str, Callable[[], object]] = {
        "read what is allowed": lambda: (READABLE / "allowed").read_text(),
        "list what is allowed": lambda: list(READABLE.iterdir()),
        "read elsewhere": ELSEWHERE.read_text,
        "read the users": Path("/etc/passwd").read_text,
        "read an environment": Path("/proc/self/environ").read_bytes,
        "list the root": lambda: list(Path("/").iterdir()),
        "write what is allowed to read": lambda: (READABLE / "new").write_text("x"),
        "write elsewhere": lambda: ELSEWHERE.write_text("x"),
        "remove what is allowed to read": lambda: (READABLE / "allowed").unlink(),
        "write to the null device": lambda: Path(os.devnull).write_text("x"),
        "make a TCP socket": lambda: socket.socket(socket.AF_INET),
        "make a local socket": lambda: socket.socket(socket.AF_UNIX),
        "connect a socket from before": lambda: before.connect(str(ELSEWHERE)),
        "bind a socket from before": lambda: before.bind("\0assay-test"),
        "make a pair": make_pair,
        "start a program": execute,
        "trace a process": called(101, 16, os.getppid(), 0, 0),
        "make a namespace": called(272, 0x10000000),
        "make a ring": called(425, 1, 0),
        "a call of the x32 table": called(0x40000000 | 39),
    }
    print(
        json.dumps(
            {"files": locks.files, "calls": locks.calls}
            | {name: outcome(attempt) for name, attempt in attempts.items()}
            | {
                "a child's socket": forked(lambda: socket.socket(socket.AF_INET)),
                "a child reads elsewhere": forked(ELSEWHERE.read_text),
                "a thread's socket": in_thread(lambda: socket.socket(socket.AF_INET)),
                "lock in again": confine.lock_in([Path("/")]).calls,
                "read elsewhere after that": outcome(ELSEWHERE.read_text),
            }
        )
    )


if __name__ == "__main__":
    main()
