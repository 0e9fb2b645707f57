"""Runs in a box: asks the kernel for what no web server needs, and prints each error as JSON."""

import ctypes
import json
import mmap
import os
import platform
import signal
import socket
from collections.abc import Callable

# name, number on x86-64, number on aarch64
TABLE = """
acct 163 89, add_key 248 217, adjtimex 159 171, bpf 321 280, chroot 161 51,
clock_settime 227 112, clone 56 220, clone3 435 435, delete_module 176 106,
fanotify_init 300 262, finit_module 313 273, fsmount 432 432, fsopen 430 430,
init_module 175 105, inotify_init1 294 26, io_setup 206 0, io_uring_enter 426 426,
io_uring_register 427 427, io_uring_setup 425 425, kcmp 312 272, kexec_file_load 320 294,
kexec_load 246 104, keyctl 250 219, mbind 237 235, memfd_create 319 279,
memfd_secret 447 447, mincore 27 232, mount 165 40, mount_setattr 442 442,
move_mount 429 429, move_pages 279 239, mq_open 240 180, msgget 68 186,
name_to_handle_at 303 264, open_by_handle_at 304 265, open_tree 428 428,
perf_event_open 298 241, personality 135 92, pidfd_getfd 438 438, pivot_root 155 41,
prlimit64 302 261, process_madvise 440 440, process_vm_readv 310 270,
process_vm_writev 311 271, ptrace 101 117, quotactl 179 60, reboot 169 142,
request_key 249 218, seccomp 317 277, semget 64 190, setns 308 268, settimeofday 164 170,
shmget 29 194, splice 275 76, swapoff 168 225, swapon 167 224, sync 162 81, syncfs 306 267,
syslog 103 116, tee 276 77, timer_create 222 107, umount2 166 39, unshare 272 97,
userfaultfd 323 282, vmsplice 278 75
"""
X86 = platform.machine() == "x86_64"
NUMBERS = {name: int(x86 if X86 else arm) for name, x86, arm in map(str.split, TABLE.split(","))}
CONDITIONAL = {"clone", "personality", "prlimit64"}

CLONE_NEWUSER, CLONE_NEWNET = 0x10000000, 0x40000000
PER_LINUX32, ASK_PERSONALITY = 0x0008, 0xFFFFFFFF
AF_TIPC, RLIMIT_NOFILE, HIGHEST_FAMILY = 30, 7, 45
GETPID_AS_32_BIT = bytes.fromhex("b814000000cd80c3")  # mov eax, 20; int 0x80; ret
GETPID_AS_X32 = 0x40000000 | 39

libc = ctypes.CDLL(None, use_errno=True)


def ask(name: str, *arguments: int) -> int:
    """Make a system call by number; the error it gave, 0 for none."""
    ctypes.set_errno(0)
    words = [ctypes.c_long(value) for value in arguments]
    answer = libc.syscall(ctypes.c_long(NUMBERS[name]), *words)
    if name == "clone" and answer == 0:
        os._exit(0)
    return ctypes.get_errno()


def ask_for_socketpair(family: int) -> int:
    """The error of a pair of sockets of this family."""
    ctypes.set_errno(0)
    libc.socketpair(family, socket.SOCK_STREAM, 0, (ctypes.c_int * 2)())
    return ctypes.get_errno()


def ask_for_socket(family: int) -> int | None:
    """The error of one socket of this family."""
    try:
        socket.socket(family, socket.SOCK_DGRAM).close()
    except OSError as error:
        return error.errno
    return 0


def call_as_32_bit() -> None:
    """Ask for the process number through the 32-bit interface."""
    page = mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
    page.write(GETPID_AS_32_BIT)
    address = ctypes.addressof(ctypes.c_char.from_buffer(page))
    ctypes.CFUNCTYPE(ctypes.c_int)(address)()


def call_as_x32() -> None:
    """Ask for the process number through the x32 interface."""
    libc.syscall(ctypes.c_long(GETPID_AS_X32))


def signal_that_kills(call: Callable[[], None]) -> int:
    """The signal that a child dies of when it makes this call, 0 if it lives."""
    pid = os.fork()
    if pid == 0:
        call()
        os._exit(0)
    return os.WTERMSIG(os.waitpid(pid, 0)[1])


def doors() -> dict[str, int]:
    """Calls that are allowed with the right argument only."""
    return {
        "clone a user namespace": ask("clone", CLONE_NEWUSER | signal.SIGCHLD, 0, 0, 0, 0),
        "clone a network namespace": ask("clone", CLONE_NEWUSER | CLONE_NEWNET, 0, 0, 0, 0),
        "clone a process": ask("clone", signal.SIGCHLD, 0, 0, 0, 0),
        "another personality": ask("personality", PER_LINUX32),
        "ask for the personality": ask("personality", ASK_PERSONALITY),
        "limits by process number": ask("prlimit64", os.getpid(), RLIMIT_NOFILE, 0, 0),
        "own limits": ask("prlimit64", 0, RLIMIT_NOFILE, 0, 0),
        "a pair of TIPC sockets": ask_for_socketpair(AF_TIPC),
        "a pair of local sockets": ask_for_socketpair(socket.AF_UNIX),
    }


def main() -> None:
    """Ask for everything; arguments that mean nothing keep an unfiltered kernel from acting."""
    other_interfaces = (call_as_32_bit, call_as_x32) if X86 else ()
    said = {
        "calls": {name: ask(name, *[-1] * 6) for name in sorted(set(NUMBERS) - CONDITIONAL)},
        "doors": doors(),
        "families": {number: ask_for_socket(number) for number in range(1, HIGHEST_FAMILY + 1)},
        "killed": {call.__name__: signal_that_kills(call) for call in other_interfaces},
    }
    print(json.dumps(said))


main()
