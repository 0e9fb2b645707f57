"""What must hold of every box before it starts, said a second time and literally.

The daemon's own words about a new container are held against this. Nothing here is derived from
how a box is asked for, and what is not named here must not be set at all.
"""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from sandbox.backends import golden_calls
from sandbox.limits import Limits

HOST = {
    "NetworkMode": "none",
    "ReadonlyRootfs": True,
    "CapDrop": ["ALL"],
    "IpcMode": "none",
    "CgroupnsMode": "private",
    "LogConfig": {"Type": "none"},
    "RestartPolicy": {"Name": "no"},
}
CONFIG = {
    "User": "10001:10001",
    "Hostname": "box",
    "NetworkDisabled": True,
    "WorkingDir": "/",
}
# Looked at below, or facts that open nothing: with "IpcMode": "none" there is no shared memory.
ELSEWHERE_IN_HOST = {
    *("Memory", "MemorySwap", "NanoCpus", "PidsLimit", "Ulimits", "SecurityOpt", "Tmpfs"),
    *("Mounts", "MaskedPaths", "ReadonlyPaths", "Runtime", "ShmSize", "MemorySwappiness"),
}
ELSEWHERE_IN_CONFIG = {"Env", "Cmd", "Image", "Entrypoint", "Labels", "StopSignal", "ArgsEscaped"}

ENVIRONMENT = {
    *("HOME", "TMPDIR", "PATH", "LANG", "TZ", "PYTHONPATH"),
    *("PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED", "PYTHONHASHSEED"),
}
HIDDEN = {
    *("/proc/kcore", "/proc/keys", "/proc/kallsyms", "/proc/config.gz", "/proc/cmdline"),
    *("/proc/loadavg", "/proc/stat", "/proc/diskstats", "/proc/interrupts", "/proc/version"),
    *("/proc/locks", "/proc/vmstat", "/proc/pressure", "/sys/fs", "/sys/class", "/sys/block"),
    *("/sys/devices", "/sys/firmware", "/sys/kernel", "/sys/module", "/proc/timer_list"),
    *("/proc/sched_debug", "/proc/modules", "/proc/sys/kernel/random/boot_id", "/proc/bus"),
    *("/proc/fs", "/proc/irq", "/proc/sys/fs/file-nr", "/proc/sys/fs/dentry-state"),
    *("/proc/key-users", "/proc/cgroups", "/proc/buddyinfo", "/proc/zoneinfo", "/proc/slabinfo"),
    *("/proc/pagetypeinfo", "/proc/iomem", "/proc/ioports", "/proc/consoles"),
}
READ_ONLY = {"/proc/sys", "/proc/sysrq-trigger"}
NO_NEW_PRIVILEGES = ("no-new-privileges:true", "no-new-privileges", "no-new-privileges=true")
SCRATCH = "rw,noexec,nosuid,nodev,mode=0700,uid=10001,gid=10001"


def gaps(
    found: dict[str, Any], image_id: str, folder: Path, limits: Limits, runtime: str | None
) -> list[str]:
    """One sentence for each option that is not as it must be; none when all is well."""
    host, config = found["HostConfig"], found["Config"]
    expected = _sizes(limits) | {f"HostConfig.{name}": value for name, value in HOST.items()}
    expected |= {f"Config.{name}": value for name, value in CONFIG.items()}
    expected |= {"Config.Image": image_id, "State.Running": False}
    if runtime:
        expected["HostConfig.Runtime"] = runtime
    said = [
        f"{name} is {_short(_at(found, name))}, it must be {_short(value)}."
        for name, value in expected.items()
        if not _same(_at(found, name), value)
    ]
    said += _unasked("HostConfig", host, {*HOST, *ELSEWHERE_IN_HOST})
    said += _unasked("Config", config, {*CONFIG, *ELSEWHERE_IN_CONFIG})
    return [*said, *_mounts(found, folder), *_ulimits(host, limits), *_lists(found)]


def _sizes(limits: Limits) -> dict[str, Any]:
    return {
        "HostConfig.Memory": limits.memory_mb * 1024 * 1024,
        "HostConfig.MemorySwap": limits.memory_mb * 1024 * 1024,
        "HostConfig.NanoCpus": int(limits.cpus * 1_000_000_000),
        "HostConfig.PidsLimit": limits.processes,
        "HostConfig.Tmpfs": {
            "/work": f"{SCRATCH},size=4m,nr_inodes=1024",
            "/tmp": f"{SCRATCH},size={limits.scratch_mb}m,nr_inodes=1024",  # noqa: S108
            "/dev/shm": f"{SCRATCH},size=1m,nr_inodes=64",  # noqa: S108
        },
    }


def _at(found: dict[str, Any], name: str) -> Any:
    part, _, option = name.partition(".")
    return found[part].get(option)


def _unasked(part: str, options: dict[str, Any], known: set[str]) -> Iterator[str]:
    for name, value in options.items():
        if name not in known and not _is_nothing(value):
            yield f"{part}.{name} is {_short(value)}, it must not be set."


def _mounts(found: dict[str, Any], folder: Path) -> Iterator[str]:
    """One read-only folder of ours, and nothing else of the host."""
    for mount in found["Mounts"]:
        if mount["Type"] == "tmpfs":
            continue  # stated under HostConfig.Tmpfs
        told = (mount["Source"], mount["Destination"], mount["RW"], mount.get("Propagation"))
        if mount["Type"] != "bind" or told != (str(folder), "/run/assay", False, "rprivate"):
            yield f"There is a mount that nobody asked for: {_short(mount)}."
    if "/run/assay" not in {mount["Destination"] for mount in found["Mounts"]}:
        yield "The folder of the control socket is not mounted."
    if networks := set((found.get("NetworkSettings") or {}).get("Networks") or ()) - {"none"}:
        yield f"The box is on a network: {_short(sorted(networks))}."


def _ulimits(host: dict[str, Any], limits: Limits) -> Iterator[str]:
    size = limits.file_mb * 1024 * 1024
    found = {each["Name"]: (each["Soft"], each["Hard"]) for each in host["Ulimits"] or ()}
    for name, value in {"nofile": 1024, "core": 0, "fsize": size}.items():
        if found.get(name) != (value, value):
            yield f"The limit {name} is {found.get(name)}, it must be {value}."


def _lists(found: dict[str, Any]) -> Iterator[str]:
    host, config = found["HostConfig"], found["Config"]
    options = sorted(host["SecurityOpt"] or ())
    if len(options) != 2 or options[0] not in NO_NEW_PRIVILEGES:
        yield f"SecurityOpt has {[_short(option) for option in options]}: two were asked for."
    profiles = [option for option in options if option.startswith("seccomp=")]
    for profile in profiles or [""]:
        yield from _calls(profile.removeprefix("seccomp="))
    if shown := HIDDEN - set(host["MaskedPaths"] or ()):
        yield f"The box would see {', '.join(sorted(shown))}."
    if writable := READ_ONLY - set(host["ReadonlyPaths"] or ()):
        yield f"The box could write to {', '.join(sorted(writable))}."
    if names := {entry.partition("=")[0] for entry in config["Env"] or ()} - ENVIRONMENT:
        yield f"The environment has {', '.join(sorted(names))}."
    if not str(found["Path"]).startswith("/opt/assay/"):
        yield f"The box would start {found['Path']}, which is not our agent."


@cache
def _calls(profile: str) -> tuple[str, ...]:
    """The same text for every box: read once."""
    return tuple(golden_calls.gaps(profile))


def _same(found: Any, expected: Any) -> bool:
    """Engines differ in how they write "nothing"."""
    if isinstance(found, dict) and isinstance(expected, dict):
        return all(_same(found.get(key), expected.get(key)) for key in {*found, *expected})
    return bool(found == expected or (_is_nothing(found) and _is_nothing(expected)))


def _is_nothing(value: Any) -> bool:
    return not value or (isinstance(value, list) and not any(value))


def _short(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 120 else f"{text[:120]}…"
