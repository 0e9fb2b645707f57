"""Locks the calling process in: files by Landlock, the rest of the kernel by a seccomp filter.

For trusted code that talks to untrusted apps, so that a flaw there leads nowhere: after
`lock_in` a process reads the given places, writes nothing, opens no socket and starts no program.
Numbers are from the kernel's uapi headers (landlock.h, seccomp.h, unistd.h).
"""

import ctypes
import errno
import os
import platform
import struct
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

LANDLOCK_CREATE_RULESET, LANDLOCK_ADD_RULE, LANDLOCK_RESTRICT_SELF = 444, 445, 446
LANDLOCK_VERSION_FLAG = 1
LANDLOCK_RULE_PATH_BENEATH = 1
FS_READ_FILE, FS_READ_DIR, FS_WRITE_FILE = 1 << 2, 1 << 3, 1 << 1
FS_RIGHTS_BY_VERSION = {1: 13, 2: 14, 3: 15, 4: 15}  # number of low bits; 16 from version 5 on
NET_BIND_AND_CONNECT_TCP = 0b11
SCOPE_ABSTRACT_SOCKETS_AND_SIGNALS = 0b11

PR_SET_NO_NEW_PRIVS, PR_SET_SECCOMP, SECCOMP_MODE_FILTER = 38, 22, 2
BPF_LOAD_WORD, BPF_JUMP_EQUAL, BPF_JUMP_GREATER_EQUAL, BPF_RETURN = 0x20, 0x15, 0x35, 0x06
RETURN_ALLOW, RETURN_EPERM, RETURN_KILL = 0x7FFF0000, 0x00050000 | errno.EPERM, 0x80000000
X32_BIT = 0x40000000

# Name: number on (x86_64, aarch64).
FORBIDDEN_CALLS = {
    "socket": (41, 198),
    "connect": (42, 203),
    "bind": (49, 200),
    "listen": (50, 201),
    "execve": (59, 221),
    "execveat": (322, 281),
    "ptrace": (101, 117),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "mount": (165, 40),
    "umount2": (166, 39),
    "pivot_root": (155, 41),
    "chroot": (161, 51),
    "unshare": (272, 97),
    "setns": (308, 268),
    "bpf": (321, 280),
    "add_key": (248, 217),
    "request_key": (249, 218),
    "keyctl": (250, 219),
    "io_uring_setup": (425, 425),
    "pidfd_getfd": (438, 438),
    "open_by_handle_at": (304, 265),
    "init_module": (175, 105),
    "finit_module": (313, 273),
    "kexec_load": (246, 104),
    "perf_event_open": (298, 241),
    "userfaultfd": (323, 282),
}
ARCHITECTURES = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}

_libc = ctypes.CDLL(None, use_errno=True)


@dataclass(frozen=True, slots=True)
class Confinement:
    """Which of the two locks hold."""

    files: bool
    calls: bool


def landlock_version() -> int:
    """The version of Landlock that this kernel offers; 0 if none."""
    found = int(_libc.syscall(LANDLOCK_CREATE_RULESET, None, 0, LANDLOCK_VERSION_FLAG))
    return max(found, 0)


def lock_in(readable: Iterable[Path]) -> Confinement:
    """Lock this process (and what it forks) in for good; only `readable` can still be read."""
    _libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    return Confinement(files=_lock_files(readable), calls=_lock_calls())


def scope_in() -> bool:
    """Make signals and abstract sockets of our siblings unreachable; for forks of a locked one."""
    if landlock_version() < 6:
        return False
    ruleset = _checked(
        LANDLOCK_CREATE_RULESET,
        struct.pack("=QQQ", 0, 0, SCOPE_ABSTRACT_SOCKETS_AND_SIGNALS),
        24,
        0,
    )
    try:
        _checked(LANDLOCK_RESTRICT_SELF, ruleset, 0)
    finally:
        os.close(ruleset)
    return True


def _lock_files(readable: Iterable[Path]) -> bool:
    version = landlock_version()
    if not version:
        return False
    rights = (1 << FS_RIGHTS_BY_VERSION.get(version, 16)) - 1
    network = NET_BIND_AND_CONNECT_TCP if version >= 4 else 0
    scopes = SCOPE_ABSTRACT_SOCKETS_AND_SIGNALS if version >= 6 else 0
    size = 8 if version < 4 else 16 if version < 6 else 24
    attributes = struct.pack("=QQQ", rights, network, scopes)[:size]
    ruleset = _checked(LANDLOCK_CREATE_RULESET, attributes, size, 0)
    try:
        for place in readable:
            _allow(ruleset, place, FS_READ_FILE | FS_READ_DIR)
        _allow(ruleset, Path(os.devnull), FS_READ_FILE | FS_WRITE_FILE)
        _checked(LANDLOCK_RESTRICT_SELF, ruleset, 0)
    finally:
        os.close(ruleset)
    return True


def _allow(ruleset: int, place: Path, rights: int) -> None:
    try:
        descriptor = os.open(place, os.O_PATH | os.O_CLOEXEC)
    except FileNotFoundError:
        return
    try:
        allowed = rights if place.is_dir() else rights & ~FS_READ_DIR
        rule = struct.pack("=Qi", allowed, descriptor)
        _checked(LANDLOCK_ADD_RULE, ruleset, LANDLOCK_RULE_PATH_BENEATH, rule, 0)
    finally:
        os.close(descriptor)


def _checked(number: int, *arguments: object) -> int:
    result = int(_libc.syscall(number, *arguments))
    if result < 0:
        code = ctypes.get_errno()
        raise OSError(code, f"system call {number}: {os.strerror(code)}")
    return result


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p))


def _lock_calls() -> bool:
    if platform.machine() not in ARCHITECTURES:
        return False
    code = _filter(*ARCHITECTURES[platform.machine()])
    program = _Program(len(code) // 8, code)
    result = _libc.prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, ctypes.byref(program), 0, 0)
    return int(result) == 0


def _filter(column: int, audit_architecture: int) -> bytes:
    """A classic BPF program: other architectures die, forbidden calls get EPERM."""
    numbers = [call[column] for call in FORBIDDEN_CALLS.values()]
    steps = [
        (BPF_LOAD_WORD, 0, 0, 4),
        (BPF_JUMP_EQUAL, 1, 0, audit_architecture),
        (BPF_RETURN, 0, 0, RETURN_KILL),
        (BPF_LOAD_WORD, 0, 0, 0),
        (BPF_JUMP_GREATER_EQUAL, len(numbers) + 1, 0, X32_BIT),
    ]
    for position, number in enumerate(numbers):
        steps.append((BPF_JUMP_EQUAL, len(numbers) - position, 0, number))
    steps.append((BPF_RETURN, 0, 0, RETURN_ALLOW))
    steps.append((BPF_RETURN, 0, 0, RETURN_EPERM))
    return b"".join(struct.pack("=HBBI", *step) for step in steps)
