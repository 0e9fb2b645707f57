"""Runs in a box as the submission: looks for what a candidate's code could find or do there.

Prints one line of JSON when it is imported. Imports nothing of ours; nobody believes its words
without a schema.
"""

import ctypes
import errno
import json
import mmap
import os
import platform
import resource
import signal
import socket
import stat
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

# name, number on x86-64, number on aarch64
CALLS = """
acct 163 89, add_key 248 217, adjtimex 159 171, bpf 321 280, chroot 161 51,
clock_settime 227 112, clone3 435 435, delete_module 176 106,
fanotify_init 300 262, finit_module 313 273, fsmount 432 432, fsopen 430 430,
init_module 175 105, inotify_init1 294 26, io_setup 206 0, io_uring_enter 426 426,
io_uring_register 427 427, io_uring_setup 425 425, kcmp 312 272, kexec_file_load 320 294,
kexec_load 246 104, keyctl 250 219, mbind 237 235, memfd_create 319 279,
memfd_secret 447 447, mincore 27 232, mount 165 40, mount_setattr 442 442,
move_mount 429 429, move_pages 279 239, mq_open 240 180, msgget 68 186,
name_to_handle_at 303 264, open_by_handle_at 304 265, open_tree 428 428,
perf_event_open 298 241, pidfd_getfd 438 438, pivot_root 155 41,
process_madvise 440 440, process_vm_readv 310 270,
process_vm_writev 311 271, ptrace 101 117, quotactl 179 60, reboot 169 142,
request_key 249 218, seccomp 317 277, semget 64 190, setns 308 268, settimeofday 164 170,
shmget 29 194, splice 275 76, swapoff 168 225, swapon 167 224, sync 162 81, syncfs 306 267,
syslog 103 116, tee 276 77, timer_create 222 107, umount2 166 39, unshare 272 97,
userfaultfd 323 282, vmsplice 278 75
"""
X86 = platform.machine() == "x86_64"
NUMBERS = {name: int(x86 if X86 else arm) for name, x86, arm in map(str.split, CALLS.split(","))}
CLONE, PERSONALITY, PRLIMIT = (56, 135, 302) if X86 else (220, 92, 261)
CLONE_NEWUSER, CLONE_NEWNET = 0x10000000, 0x40000000
PER_LINUX32, ASK_PERSONALITY = 0x0008, 0xFFFFFFFF
AF_TIPC, RLIMIT_NOFILE, HIGHEST_FAMILY = 30, 7, 45
GETPID_AS_32_BIT = bytes.fromhex("b814000000cd80c3")  # mov eax, 20; int 0x80; ret
GETPID_AS_X32 = 0x40000000 | 39

STATUS = ("NoNewPrivs", "Seccomp", "CapEff", "CapPrm", "CapInh", "CapBnd", "CapAmb")
PLACES = ("/dev/shm", "/tmp", "/work")  # noqa: S108
NOT_TO_BE_READ = (
    *("/proc/1/environ", "/proc/1/mem", "/proc/1/maps", "/proc/1/fd", "/proc/1/root"),
    *("/etc/shadow", "/var/run/docker.sock", "/run/docker.sock", "/run/containerd"),
    *("/dev/mem", "/dev/kmsg", "/dev/sda", "/dev/vda", "/dev/fuse", "/dev/kvm"),
    *("/root", "/proc/sysrq-trigger"),
)
HOST_FACTS = (
    *("/proc/kallsyms", "/proc/cmdline", "/proc/version", "/proc/stat", "/proc/loadavg"),
    *("/proc/diskstats", "/proc/interrupts", "/proc/config.gz", "/proc/kcore", "/proc/keys"),
    *("/proc/locks", "/proc/vmstat", "/proc/modules", "/proc/partitions", "/proc/timer_list"),
    *("/proc/sys/kernel/random/boot_id", "/sys/class", "/sys/block", "/sys/devices"),
    *("/sys/fs", "/sys/kernel", "/sys/firmware", "/sys/module"),
)
LIMITS = ("NOFILE", "FSIZE", "CORE", "CPU")

libc = ctypes.CDLL(None, use_errno=True)


def error_of(attempt: Callable[[], object]) -> int:
    """The number of the error that an attempt gave, 0 for none."""
    try:
        attempt()
    except OSError as error:
        return error.errno or -1
    return 0


def call(number: int, *arguments: int) -> int:
    """The error of a system call by number."""
    ctypes.set_errno(0)
    answer = libc.syscall(ctypes.c_long(number), *(ctypes.c_long(value) for value in arguments))
    if number == CLONE and answer == 0:
        os._exit(0)
    return ctypes.get_errno()


def pair(family: int) -> int:
    """The error of a pair of sockets of this family."""
    ctypes.set_errno(0)
    libc.socketpair(family, socket.SOCK_STREAM, 0, (ctypes.c_int * 2)())
    return ctypes.get_errno()


def one_socket(family: int) -> int:
    """The error of one socket of this family."""
    return error_of(lambda: socket.socket(family, socket.SOCK_DGRAM).close())


def doors() -> dict[str, int]:
    """Errors of calls that are allowed with the right argument only."""
    return {
        "clone a user namespace": call(CLONE, CLONE_NEWUSER | signal.SIGCHLD, 0, 0, 0, 0),
        "clone a network namespace": call(CLONE, CLONE_NEWUSER | CLONE_NEWNET, 0, 0, 0, 0),
        "clone a process": call(CLONE, signal.SIGCHLD, 0, 0, 0, 0),
        "another personality": call(PERSONALITY, PER_LINUX32),
        "ask for the personality": call(PERSONALITY, ASK_PERSONALITY),
        "limits by process number": call(PRLIMIT, os.getpid(), RLIMIT_NOFILE, 0, 0),
        "own limits": call(PRLIMIT, 0, RLIMIT_NOFILE, 0, 0),
        "a pair of TIPC sockets": pair(AF_TIPC),
        "a pair of local sockets": pair(socket.AF_UNIX),
    }


def acts() -> dict[str, int]:
    """Errors of what would change something for others, if it worked."""
    return {
        "become root": error_of(lambda: os.setuid(0)),
        "join the group of root": error_of(lambda: os.setgroups([0])),
        "set the host's name": error_of(lambda: socket.sethostname("mallory")),
        "be spared when memory ends": error_of(
            lambda: Path("/proc/self/oom_score_adj").write_text("-1000")
        ),
        "go before others": error_of(lambda: os.nice(-1)),
        "make a device": error_of(
            lambda: os.mknod(Path(PLACES[1], "device"), stat.S_IFCHR | 0o600, os.makedev(1, 1))
        ),
        "write to the system's settings": error_of(
            lambda: Path("/proc/sys/kernel/core_pattern").write_text("core")
        ),
        "open a raw socket": error_of(
            lambda: socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_ICMP).close()
        ),
        "reach another machine": error_of(
            lambda: socket.create_connection(("192.0.2.1", 9), 1).close()
        ),
    }


def ended_by(attempt: Callable[[], object]) -> int:
    """The wait status of a child that makes this attempt and leaves with the attempt's error."""
    pid = os.fork()
    if pid == 0:
        os._exit(error_of(attempt) & 0xFF)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def call_as_32_bit() -> None:
    """Ask for the process number through the 32-bit interface."""
    page = mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
    page.write(GETPID_AS_32_BIT)
    address = ctypes.addressof(ctypes.c_char.from_buffer(page))
    ctypes.CFUNCTYPE(ctypes.c_int)(address)()


def call_as_x32() -> None:
    """Ask for the process number through the x32 interface."""
    libc.syscall(ctypes.c_long(GETPID_AS_X32))


def run_from(folder: str) -> int:
    """How a program ends that was written to this folder and started there."""
    program = Path(folder, "program")
    program.write_bytes(Path("/bin/true").read_bytes())
    program.chmod(0o755)
    ended = ended_by(lambda: os.execv(program, ["program"]))  # noqa: S606
    program.unlink()
    return ended


def status() -> dict[str, str]:
    """What the kernel says about this process."""
    lines = Path("/proc/self/status").read_text().splitlines()
    fields = dict(line.split(":", 1) for line in lines)
    return {name: fields.get(name, "").strip() for name in STATUS}


def tree() -> tuple[list[str], list[str], list[str]]:
    """Folders that can be written to, programs with a user of their own, devices."""
    writable, privileged, devices = [], [], []
    for root, folders, files in os.walk("/"):
        folders[:] = [name for name in folders if root != "/" or name != "proc"]
        mark = Path(root, "written-by-a-probe")
        # Not written to: a message queue is a file that only refuses the writing.
        if not error_of(lambda mark=mark: mark.touch(exist_ok=False)):  # type: ignore[misc]
            mark.unlink()
            writable.append(root)
        for path in (Path(root, name) for name in files):
            facts = path.lstat()
            if stat.S_ISBLK(facts.st_mode) or stat.S_ISCHR(facts.st_mode):
                kind = "block" if stat.S_ISBLK(facts.st_mode) else "character"
                major, minor = os.major(facts.st_rdev), os.minor(facts.st_rdev)
                devices.append(f"{kind} {major}:{minor}")
            elif facts.st_mode & 0o6000 and stat.S_ISREG(facts.st_mode):
                privileged.append(str(path))
    return sorted(writable), privileged, sorted(set(devices))


def mounts() -> Iterator[list[str]]:
    """Each mount: where, what kind, and its options."""
    for line in Path("/proc/self/mountinfo").read_text().splitlines():
        before, _, after = line.partition(" - ")
        yield [before.split()[4], after.split()[0], before.split()[5]]


def descriptors() -> list[str]:
    """What the inherited descriptors are: a kind, or the path that one refers to."""
    found = []
    for link in Path("/proc/self/fd").iterdir():
        if not error_of(lambda link=link: link.readlink()):  # type: ignore[misc]
            target = str(link.readlink())
            if not target.startswith("/proc/"):  # else it is the listing's own
                found.append(target.partition(":")[0])
    return sorted(found)


def namespaces() -> dict[str, str]:
    """Which namespaces this process is in."""
    return {link.name: str(link.readlink()) for link in Path("/proc/self/ns").iterdir()}


def tells(path: str) -> bool:
    """Whether there is anything to read at a path that may tell about the host."""
    place = Path(path)
    try:
        return any(place.iterdir()) if place.is_dir() else bool(place.read_bytes())
    except OSError:
        return False


def can_be_read(path: str) -> bool:
    """Whether a file or folder can be opened."""
    place = Path(path)
    try:
        return bool(list(place.iterdir())) if place.is_dir() else bool(place.open("rb").read(1))
    except OSError as error:
        return error.errno == errno.EIO  # opened, and only the reading failed


def table(name: str, head: int) -> list[str]:
    """The first words of a table of the network, without its head."""
    try:
        lines = Path("/proc/net", name).read_text().splitlines()[head:]
    except OSError:
        return []
    return sorted(line.split(":")[0].split()[0] for line in lines)


def look() -> dict[str, Any]:
    """Everything, in the form that the other side expects."""
    inherited = descriptors()
    writable, privileged, devices = tree()
    foreign = (call_as_32_bit, call_as_x32) if X86 else ()
    numbers = [int(place.name) for place in Path("/proc").iterdir() if place.name.isdigit()]
    return {
        "status": status(),
        "users": sorted({*os.getresuid(), *os.getresgid(), *os.getgroups()}),
        "environment": dict(os.environ),
        "host_name": socket.gethostname(),
        "kernel": f"{platform.release()} {platform.version()}",
        "namespaces": namespaces(),
        "mounts": list(mounts()),
        "interfaces": table("dev", 2),
        "routes": table("route", 1),
        "writable": writable,
        "privileged": privileged,
        "devices": devices,
        "descriptors": inherited,
        "folder": str(Path.cwd()),
        "others": sorted(set(numbers) - {1, os.getpid()}),
        "readable": [path for path in NOT_TO_BE_READ if can_be_read(path)],
        "telling": [path for path in HOST_FACTS if tells(path)],
        "limits": {n: list(resource.getrlimit(getattr(resource, f"RLIMIT_{n}"))) for n in LIMITS},
        "calls": {name: call(number, *[-1] * 6) for name, number in NUMBERS.items()},
        "doors": doors(),
        "families": {str(n): one_socket(n) for n in range(1, HIGHEST_FAMILY + 1)},
        "foreign": {attempt.__name__: ended_by(attempt) for attempt in foreign},
        "run_from": {folder: run_from(folder) for folder in PLACES},
        "acts": acts(),
    }


async def app(scope: Any, receive: Any, send: Any) -> None:
    """No application: what there is to tell is told when this is imported."""
    raise RuntimeError("The probe serves nothing.")


sys.stdout.write(json.dumps(look()) + "\n")
sys.stdout.flush()
