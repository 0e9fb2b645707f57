"""The container that every box is: each option closes a known hole, none is left to a default."""

import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sandbox import seccomp
from sandbox.backends import owner
from sandbox.limits import LIFETIME_SECONDS, MEGABYTE, Limits

LABEL_BOX = "org.assay.box"
LABEL_OWNER = "org.assay.owner"
LABEL_EXPIRES = "org.assay.expires"
USER = "10001:10001"
CONTROL_FOLDER = "/run/assay"
SCRATCH_INODES = 1024
CODE_MB = 4
AGENT_FILES = 1024

# Docker's own defaults, then what tells about the host or its other guests.
MASKED_PATHS = (
    "/dev/mqueue",
    "/proc/asound",
    "/proc/acpi",
    "/proc/kcore",
    "/proc/keys",
    "/proc/latency_stats",
    "/proc/timer_list",
    "/proc/timer_stats",
    "/proc/sched_debug",
    "/proc/scsi",
    "/proc/interrupts",
    "/proc/softirqs",
    "/proc/stat",
    "/proc/diskstats",
    "/proc/loadavg",
    "/proc/locks",
    "/proc/vmstat",
    "/proc/pressure",
    "/proc/version",
    "/proc/cmdline",
    "/proc/config.gz",
    "/proc/kallsyms",
    "/proc/partitions",
    "/proc/swaps",
    "/proc/modules",
    "/proc/sys/kernel/random/boot_id",
    "/proc/sys/fs/file-nr",
    "/proc/sys/fs/dentry-state",
    "/proc/key-users",
    "/proc/cgroups",
    "/proc/buddyinfo",
    "/proc/zoneinfo",
    "/proc/pagetypeinfo",
    "/proc/slabinfo",
    "/proc/iomem",
    "/proc/ioports",
    "/proc/consoles",
    "/proc/bus",
    "/proc/fs",
    "/proc/irq",
    "/sys/firmware",
    "/sys/class",
    "/sys/block",
    "/sys/devices",
    "/sys/bus",
    "/sys/module",
    "/sys/fs",
    "/sys/kernel",
)
READONLY_PATHS = ("/proc/sys", "/proc/sysrq-trigger")


def configuration(
    image_id: str,
    control_folder: Path,
    limits: Limits,
    runtime: str | None = None,
    preload: Sequence[str] = (),
) -> dict[str, Any]:
    """The body of the daemon's create call for one box; no `runtime` means the engine's own.

    `preload` are the modules that the agent imports before there is any app.
    """
    host = host_configuration(control_folder, limits)
    return {
        "Image": image_id,
        "Cmd": [
            *("--socket", f"{CONTROL_FOLDER}/control.sock"),
            *("--places", "/work", "/tmp", "/dev/shm"),  # noqa: S108  (inside the box)
            *("--lifetime-seconds", str(LIFETIME_SECONDS)),
            *(("--preload", *preload) if preload else ()),
        ],
        "User": USER,
        "Hostname": "box",
        "WorkingDir": "/",
        "Env": ["HOME=/tmp", "TMPDIR=/tmp"],
        "AttachStdin": False,
        "AttachStdout": False,
        "AttachStderr": False,
        "OpenStdin": False,
        "Tty": False,
        "NetworkDisabled": True,
        "Labels": labels(),
        "HostConfig": host | ({"Runtime": runtime} if runtime else {}),
    }


def host_configuration(control_folder: Path, limits: Limits) -> dict[str, Any]:
    """Isolation and limits; memory and swap are equal, so there is no swap at all."""
    memory = limits.memory_mb * MEGABYTE
    return {
        "NetworkMode": "none",
        "ReadonlyRootfs": True,
        "CapDrop": ["ALL"],
        "SecurityOpt": ["no-new-privileges:true", f"seccomp={seccomp.profile_json()}"],
        "Privileged": False,
        "IpcMode": "none",
        "PidMode": "",
        "CgroupnsMode": "private",
        "Memory": memory,
        "MemorySwap": memory,
        "NanoCpus": int(limits.cpus * 1e9),
        "PidsLimit": limits.processes,
        "Ulimits": _ulimits(limits),
        "Tmpfs": _tmpfs(limits),
        # One read-only folder that holds one socket of ours: nothing here can be swapped.
        "Mounts": [
            {
                "Type": "bind",
                "Source": str(control_folder),
                "Target": CONTROL_FOLDER,
                "ReadOnly": True,
                "BindOptions": {"Propagation": "rprivate"},
            }
        ],
        "LogConfig": {"Type": "none"},
        "RestartPolicy": {"Name": "no"},
        "Init": False,
        "OomKillDisable": False,
        "MaskedPaths": list(MASKED_PATHS),
        "ReadonlyPaths": list(READONLY_PATHS),
    }


def _ulimits(limits: Limits) -> list[dict[str, Any]]:
    size = limits.file_mb * MEGABYTE
    return [
        {"Name": "nofile", "Soft": AGENT_FILES, "Hard": AGENT_FILES},
        {"Name": "core", "Soft": 0, "Hard": 0},
        {"Name": "fsize", "Soft": size, "Hard": size},
    ]


def _tmpfs(limits: Limits) -> dict[str, str]:
    """Everything that can be written: small, in memory, and counted as such."""
    options = "rw,noexec,nosuid,nodev,mode=0700,uid=10001,gid=10001"
    return {
        "/work": f"{options},size={CODE_MB}m,nr_inodes={SCRATCH_INODES}",
        "/tmp": f"{options},size={limits.scratch_mb}m,nr_inodes={SCRATCH_INODES}",  # noqa: S108
        # `ipc none` leaves no shared memory at all; locks between processes need a little.
        "/dev/shm": f"{options},size=1m,nr_inodes=64",  # noqa: S108
    }


def labels() -> dict[str, str]:
    """Who made the box and until when it may exist; nothing about a candidate."""
    return {
        LABEL_BOX: "1",
        LABEL_OWNER: owner.myself(),
        LABEL_EXPIRES: str(int(time.time() + LIFETIME_SECONDS)),
    }


def is_leftover(found: dict[str, str], state: str) -> bool:
    """True when its maker is gone, or its time is over, or it has ended and nobody is known."""
    if float(found.get(LABEL_EXPIRES, 0)) < time.time():
        return True
    alive = owner.is_alive(found.get(LABEL_OWNER, ""))
    if alive is None:
        return state not in ("running", "created")
    return not alive
