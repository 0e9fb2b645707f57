"""What must hold of the system calls of every box, whatever the profile's authors had in mind."""

import json
from collections.abc import Iterator
from typing import Any

# A web server needs none of these, and each has led out of a container somewhere.
NEVER = frozenset(
    {
        *("add_key", "request_key", "keyctl", "bpf", "userfaultfd", "perf_event_open", "seccomp"),
        *("io_uring_setup", "io_uring_enter", "io_uring_register", "io_setup", "ptrace", "kcmp"),
        *("mount", "umount2", "move_mount", "open_tree", "fsopen", "fsmount", "mount_setattr"),
        *("chroot", "pivot_root", "unshare", "setns", "pidfd_getfd", "process_madvise"),
        *("process_vm_readv", "process_vm_writev", "kexec_load", "kexec_file_load", "init_module"),
        *("finit_module", "delete_module", "swapon", "swapoff", "quotactl", "reboot", "acct"),
        *("syslog", "settimeofday", "clock_settime", "adjtimex", "clock_adjtime", "iopl", "ioperm"),
        *("name_to_handle_at", "open_by_handle_at", "fanotify_init", "memfd_create", "splice"),
        *(
            "tee",
            "vmsplice",
            "sync",
            "syncfs",
            "mq_open",
            "shmget",
            "semget",
            "msgget",
            "socketcall",
        ),
    }
)
# Only with one argument as it should be: position, comparison, values.
CONDITIONS = {
    "socket": {(0, "SCMP_CMP_EQ", 1, 0), (0, "SCMP_CMP_EQ", 2, 0), (0, "SCMP_CMP_EQ", 10, 0)},
    "socketpair": {(0, "SCMP_CMP_EQ", 1, 0)},
    "clone": {(0, "SCMP_CMP_MASKED_EQ", 0x7E020000, 0)},
    "prlimit64": {(0, "SCMP_CMP_EQ", 0, 0)},
    "personality": {(0, "SCMP_CMP_EQ", 0, 0), (0, "SCMP_CMP_EQ", 0xFFFFFFFF, 0)},
}
REFUSALS = ("SCMP_ACT_ERRNO", "SCMP_ACT_KILL", "SCMP_ACT_KILL_PROCESS")


def gaps(text: str) -> Iterator[str]:
    """One sentence for each hole in a profile as the daemon tells it."""
    try:
        profile = json.loads(text)
        allowed = [r for r in profile["syscalls"] if r["action"] not in REFUSALS]
    except (ValueError, TypeError, KeyError):
        yield "There is no filter of system calls that can be read."
        return
    if profile["defaultAction"] not in REFUSALS:
        yield "System calls that no rule names would be allowed."
    if any(each.get("subArchitectures") for each in profile.get("archMap") or [{}]):
        yield "The filter lets other interfaces to the kernel through."
    for rule in allowed:
        for name in rule["names"]:
            yield from _rule(name, rule)


def _rule(name: str, rule: dict[str, Any]) -> Iterator[str]:
    if name in NEVER or name == "clone3":
        yield f"The system call {name} would be allowed."
    told = [(a["index"], a["op"], a["value"], a.get("valueTwo", 0)) for a in rule.get("args") or ()]
    wanted = CONDITIONS.get(name)
    if wanted and (len(told) != 1 or told[0] not in wanted):
        yield f"The system call {name} would be allowed with other arguments than it must."
