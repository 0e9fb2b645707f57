"""The system calls a box may make: our own allow-list, the same on every Docker engine.

What is not listed is refused. Docker's own list changes from version to version and lets
through much that a web server never needs.
"""

import errno
import json
from functools import cache
from typing import NamedTuple

AF_UNIX, AF_INET, AF_INET6 = 1, 2, 10

# CLONE_NEW* for cgroup, IPC, mount, network, PID, user and UTS. The one for time shares its bit
# with clone's exit signal: only unshare and clone3 take it, and neither is allowed.
NEW_NAMESPACES = 0x7E020000

# The two values that change nothing: plain Linux, and "tell me what is set".
HARMLESS_PERSONALITIES = (0x0, 0xFFFFFFFF)


class Group(NamedTuple):
    """System calls allowed for one reason, whatever their arguments."""

    why: str
    names: tuple[str, ...]


class Condition(NamedTuple):
    """What one argument of a system call must be, in libseccomp's words."""

    argument: int
    operator: str
    value: int
    masked_value: int = 0


FILES = Group(
    # Missing on purpose: sync and syncfs stall the whole host; splice, tee and vmsplice were the
    # way into the page cache twice; inotify, file handles and extended-attribute writes are
    # counted per host user or reach past the mounts.
    "files and folders",
    (
        *("access", "faccessat", "faccessat2", "open", "openat", "openat2", "creat", "close"),
        *("close_range", "read", "pread64", "preadv", "preadv2", "readv", "readahead", "write"),
        *("pwrite64", "pwritev", "pwritev2", "writev", "lseek", "sendfile", "copy_file_range"),
        *("stat", "fstat", "lstat", "newfstatat", "statx", "statfs", "fstatfs"),
        *("getdents", "getdents64", "getcwd", "chdir", "fchdir", "umask"),
        *("mkdir", "mkdirat", "rmdir", "unlink", "unlinkat", "rename", "renameat", "renameat2"),
        *("link", "linkat", "symlink", "symlinkat", "readlink", "readlinkat"),
        *("mknod", "mknodat", "chmod", "fchmod", "fchmodat", "fchmodat2"),
        *("chown", "fchown", "lchown", "fchownat", "utime", "utimes", "futimesat", "utimensat"),
        *("truncate", "ftruncate", "fallocate", "fadvise64", "fsync", "fdatasync"),
        *("sync_file_range", "flock", "fcntl", "ioctl", "dup", "dup2", "dup3"),
        *("getxattr", "lgetxattr", "fgetxattr", "listxattr", "llistxattr", "flistxattr"),
    ),
)

MEMORY = Group(
    # Missing on purpose: mincore tells which pages of shared image layers others have read;
    # memfd_create would make the noexec mounts pointless; userfaultfd helps kernel exploits.
    "memory",
    ("brk", "mmap", "munmap", "mprotect", "mremap", "madvise", "msync", "membarrier"),
)

PROCESSES = Group(
    "processes; a handle may name, wait for and signal a process of the box, not open it",
    (
        *("fork", "vfork", "execve", "execveat", "exit", "exit_group", "wait4", "waitid"),
        *("getpid", "getppid", "gettid", "getpgid", "getpgrp", "setpgid", "getsid", "setsid"),
        *("pidfd_open", "pidfd_send_signal", "prctl", "arch_prctl", "getrusage", "getrlimit"),
        *("setrlimit", "getpriority", "uname", "sysinfo", "getcpu"),
    ),
)

IDENTITY = Group(
    # Without capabilities the setters change nothing. runc needs them: it takes the box's user
    # and drops its capabilities after this filter is in force.
    "who am I",
    (
        *("getuid", "geteuid", "getresuid", "getgid", "getegid", "getresgid", "getgroups"),
        *("setuid", "setreuid", "setresuid", "setgid", "setregid", "setresgid", "setgroups"),
        *("capget", "capset"),
    ),
)

THREADS = Group(
    "threads and locks",
    (
        *("futex", "futex_waitv", "get_robust_list", "set_robust_list", "set_tid_address", "rseq"),
        *("sched_yield", "sched_getaffinity", "sched_setaffinity", "sched_getparam"),
        *("sched_getscheduler", "sched_get_priority_max", "sched_get_priority_min"),
    ),
)

SIGNALS = Group(
    "signals",
    (
        *("kill", "tkill", "tgkill", "pause", "rt_sigaction", "rt_sigpending", "rt_sigprocmask"),
        *("rt_sigreturn", "rt_sigsuspend", "rt_sigtimedwait", "sigaltstack", "restart_syscall"),
        *("signalfd", "signalfd4"),
    ),
)

TIME = Group(
    # Missing on purpose: timer_create, whose timers are counted per user of the whole host.
    "clocks and timers",
    (
        *("time", "times", "gettimeofday", "clock_gettime", "clock_getres", "clock_nanosleep"),
        *("nanosleep", "alarm", "getitimer", "setitimer"),
        *("timerfd_create", "timerfd_gettime", "timerfd_settime"),
    ),
)

POLLING = Group(
    # Missing on purpose: io_uring does its work past this filter; the older io_submit family
    # is counted for the whole host.
    "waiting for many things at once",
    (
        *("poll", "ppoll", "select", "pselect6", "epoll_create", "epoll_create1", "epoll_ctl"),
        *("epoll_wait", "epoll_pwait", "epoll_pwait2", "eventfd", "eventfd2", "pipe", "pipe2"),
    ),
)

SOCKETS = Group(
    "using sockets; making them is a rule of its own",
    (
        *("bind", "listen", "accept", "accept4", "connect", "shutdown"),
        *("getsockname", "getpeername", "getsockopt", "setsockopt"),
        *("recvfrom", "recvmsg", "recvmmsg", "sendto", "sendmsg", "sendmmsg"),
    ),
)

RANDOMNESS = Group("randomness", ("getrandom",))

GROUPS = (
    *(FILES, MEMORY, PROCESSES, IDENTITY, THREADS),
    *(SIGNALS, TIME, POLLING, SOCKETS, RANDOMNESS),
)


def _allow(why: str, *names: str, condition: Condition | None = None) -> dict[str, object]:
    rule: dict[str, object] = {"names": list(names), "action": "SCMP_ACT_ALLOW", "comment": why}
    if condition:
        rule["args"] = [
            {
                "index": condition.argument,
                "value": condition.value,
                "valueTwo": condition.masked_value,
                "op": condition.operator,
            }
        ]
    return rule


def _conditional_rules() -> list[dict[str, object]]:
    rules = [
        _allow(
            "a process or thread, in the namespaces that are there",
            "clone",
            condition=Condition(0, "SCMP_CMP_MASKED_EQ", NEW_NAMESPACES, masked_value=0),
        ),
        _allow(
            "one's own limits, nobody else's",
            "prlimit64",
            condition=Condition(0, "SCMP_CMP_EQ", 0),
        ),
        _allow(
            "pairs of local sockets",
            "socketpair",
            condition=Condition(0, "SCMP_CMP_EQ", AF_UNIX),
        ),
    ]
    # One rule each: several conditions in one rule must all hold.
    for family in (AF_UNIX, AF_INET, AF_INET6):
        condition = Condition(0, "SCMP_CMP_EQ", family)
        rules.append(_allow("local, IPv4 and IPv6 sockets", "socket", condition=condition))
    for value in HARMLESS_PERSONALITIES:
        condition = Condition(0, "SCMP_CMP_EQ", value)
        rules.append(_allow("asking for the personality", "personality", condition=condition))
    return rules


def _absent(why: str, name: str) -> dict[str, object]:
    return {
        "names": [name],
        "action": "SCMP_ACT_ERRNO",
        "errnoRet": int(errno.ENOSYS),
        "comment": why,
    }


def profile() -> dict[str, object]:
    """The whole profile in the form that Docker's `seccomp=` option takes."""
    return {
        "defaultAction": "SCMP_ACT_ERRNO",
        # No sub-architectures: a call through the 32-bit interface kills the process, because
        # there a filter cannot see which socket is being made.
        "archMap": [
            {"architecture": name, "subArchitectures": []}
            for name in ("SCMP_ARCH_X86_64", "SCMP_ARCH_AARCH64")
        ],
        "syscalls": [
            *(_allow(group.why, *group.names) for group in GROUPS),
            *_conditional_rules(),
            # Its flags lie in memory, out of a filter's sight. "Not there" makes libc use clone.
            _absent("libc falls back to clone", "clone3"),
        ],
    }


@cache
def profile_json() -> str:
    """The profile as one line of JSON, ready for `security_opt`."""
    return json.dumps(profile(), separators=(",", ":"))
