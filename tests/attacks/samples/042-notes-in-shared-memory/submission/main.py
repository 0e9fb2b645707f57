"""System V and POSIX shared memory, message queues, semaphores and the kernel's keyrings outlive the
process that made them. None of them may outlive a start of the app.
"""

import ctypes
import os

from fastapi import FastAPI

from solved import app as solved

LIBC = ctypes.CDLL(None, use_errno=True)
KEY = 0x5EED
IPC_CREAT = 0o1000
SYS_ADD_KEY, SYS_REQUEST_KEY = 248, 249
USER_KEYRING = -4


def old_system_v() -> bool:
    there = [LIBC.shmget(KEY, 64, 0), LIBC.msgget(KEY, 0), LIBC.semget(KEY, 1, 0)]
    LIBC.shmget(KEY, 64, IPC_CREAT | 0o600)
    LIBC.msgget(KEY, IPC_CREAT | 0o600)
    LIBC.semget(KEY, 1, IPC_CREAT | 0o600)
    return any(number >= 0 for number in there)


def old_posix() -> bool:
    there = os.path.exists("/dev/shm/sem.note") or os.path.exists("/dev/shm/note")
    for name in (b"/note", b"/note2"):
        LIBC.shm_open(name, os.O_RDWR | os.O_CREAT, 0o600)
        LIBC.sem_open(name, os.O_CREAT, 0o600, 1)
    return there


def old_key() -> bool:
    there = LIBC.syscall(SYS_REQUEST_KEY, b"user", b"note", None, USER_KEYRING)
    LIBC.syscall(SYS_ADD_KEY, b"user", b"note", b"seen", 4, USER_KEYRING)
    return there > 0


def won() -> bool:
    return any([old_system_v(), old_posix(), old_key()])


app = solved if won() else FastAPI()
