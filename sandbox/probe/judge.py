"""What a box may look like from inside, as allow-lists; everything else is a gap in the wall."""

import errno
import os
import signal
from collections.abc import Collection, Iterator
from pathlib import Path

from sandbox.limits import MEGABYTE, Limits
from sandbox.probe.view import View

STATUS = {"NoNewPrivs": "1", "Seccomp": "2"} | {
    f"Cap{kind}": "0" * 16 for kind in ("Eff", "Prm", "Inh", "Bnd", "Amb")
}
ENVIRONMENT = {
    *("HOME", "HOSTNAME", "TMPDIR", "PATH", "LANG", "TZ", "PYTHONPATH"),
    *("PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED", "PYTHONHASHSEED"),
}
NAMESPACES = ("cgroup", "ipc", "mnt", "net", "pid", "uts")
WRITABLE = ("/dev/shm", "/tmp", "/work")  # noqa: S108  (inside the box)
NOWHERE_ELSE = {"noexec", "nosuid", "nodev", "rw"}
# The kernel's and the engine's own; where they are writable, only root of the box may.
MOUNTS = (
    *("/", "/proc", "/sys", "/dev", "/dev/pts", "/dev/mqueue", "/run/assay"),
    *("/etc/hostname", "/etc/hosts", "/etc/resolv.conf"),
)
MOUNTS_BELOW = ("/proc/", "/sys/")
# A fresh network has only a loopback, and on some hosts fallback tunnels that are down.
INTERFACES = {
    *("lo", "tunl0", "sit0", "gre0", "gretap0", "erspan0", "ip_vti0", "ip6_vti0", "ip6tnl0"),
    "ip6gre0",
}
# null, zero, full, random, urandom, tty, ptmx
DEVICES = {*(f"character 1:{minor}" for minor in (3, 5, 7, 8, 9)), "character 5:0", "character 5:2"}
DESCRIPTORS = {"/dev/null", "/dev/urandom", "pipe", "socket", "anon_inode"}
MOST_DESCRIPTORS = 12
FAMILIES = {"1", "2", "10"}
OPEN_DOORS = {
    *("clone a process", "ask for the personality", "own limits", "a pair of local sockets"),
}
# Runtimes that bring a kernel of their own, so that seeing the host's means they did not run.
OWN_KERNEL = ("runsc", "gvisor", "kata", "firecracker", "krun")


def gaps(view: View, limits: Limits, runtime: str | None) -> list[str]:
    """One sentence for each thing that is not as promised; none when the wall stands."""
    return [
        *_identity(view),
        *_namespaces(view, runtime),
        *_surroundings(view),
        *_files(view),
        *_limits(view, limits),
        *_refusals(view),
    ]


def _identity(view: View) -> Iterator[str]:
    for name, value in STATUS.items():
        if (found := view.status.get(name)) != value:
            yield f"{name} is {found}, it must be {value}."
    if view.users != [10001]:
        yield f"The app runs as {view.users}, it must be user and group 10001 alone."
    yield from _beyond("The environment has", view.environment, ENVIRONMENT)
    if view.host_name != "box":
        yield f"The host name is {view.host_name!r}, it must be 'box'."


def _namespaces(view: View, runtime: str | None) -> Iterator[str]:
    """A runtime that was asked for by name must be the one at work."""
    if runtime and any(word in runtime for word in OWN_KERNEL):
        # Another kernel counts its namespaces anew: comparing them with ours would mean nothing.
        if view.kernel == f"{os.uname().release} {os.uname().version}":
            yield f"SANDBOX_RUNTIME is {runtime!r}, but the box runs on the host's own kernel."
        return
    for name in NAMESPACES:
        ours = str(Path("/proc/self/ns", name).readlink())
        if view.namespaces.get(name, ours) == ours:
            yield f"The box shares our {name} namespace."


def _surroundings(view: View) -> Iterator[str]:
    yield from _beyond("There is a network interface", view.interfaces, INTERFACES)
    yield from _beyond("There is a route by", view.routes, ())
    yield from _beyond("A process of others can be seen:", view.others, ())
    yield from _beyond("The app inherits", view.descriptors, DESCRIPTORS)
    if len(view.descriptors) > MOST_DESCRIPTORS:
        yield f"The app inherits {len(view.descriptors)} descriptors."


def _files(view: View) -> Iterator[str]:
    if view.writable != list(WRITABLE):
        yield f"Writable are {view.writable}, it must be {list(WRITABLE)}."
    for place, _kind, options in view.mounts:
        if place in WRITABLE:
            if missing := NOWHERE_ELSE - set(options.split(",")):
                yield f"{place} is mounted without {', '.join(sorted(missing))}."
        elif place not in MOUNTS and not place.startswith(MOUNTS_BELOW):
            yield f"Something is mounted at {place}."
    roots = [options.split(",") for place, _kind, options in view.mounts if place == "/"]
    if not roots or any("ro" not in options for options in roots):
        yield "The root of the box is not read-only."
    if view.folder != "/work":
        yield f"The app starts in {view.folder}, it must be /work."
    yield from _beyond("There is a program with another user's rights:", view.privileged, ())
    yield from _beyond("There is the device", view.devices, DEVICES)
    yield from _beyond("The app can read", view.readable, ())
    yield from _beyond("The host can be told by", view.telling, ())
    for place in WRITABLE:
        if view.run_from.get(place) != errno.EACCES:
            yield f"A program can be started from {place}."


def _limits(view: View, limits: Limits) -> Iterator[str]:
    size = limits.file_mb * MEGABYTE
    wanted = {"NOFILE": [limits.open_files] * 2, "FSIZE": [size] * 2, "CORE": [0, 0]}
    wanted["CPU"] = [limits.cpu_seconds, limits.cpu_seconds + 1]
    for name, value in wanted.items():
        if (found := view.limits.get(name)) != value:
            yield f"The limit {name} is {found}, it must be {value}."


def _refusals(view: View) -> Iterator[str]:
    if len(view.calls) < 50 or len(view.families) < 45 or not view.doors or not view.acts:
        yield "The probe did not try everything."
    for name, number in view.calls.items():
        if number not in (errno.EPERM, errno.ENOSYS):
            yield f"The system call {name} is not refused ({_spoken(number)})."
    for name, number in view.doors.items():
        if bool(number) == (name in OPEN_DOORS):
            yield f"The kernel's answer to {name!r} is wrong: {_spoken(number)}."
    for family, number in view.families.items():
        if bool(number) == (family in FAMILIES):
            yield f"The answer to a socket of family {family} is wrong: {_spoken(number)}."
    for name, ended in view.foreign.items():
        if ended not in (-signal.SIGSYS, -signal.SIGSEGV):
            yield f"A {name.replace('_', ' ')} is not deadly: it ended with {ended}."
    yield from (f"The app can {name}." for name, number in view.acts.items() if not number)


def _beyond(what: str, found: Collection[object], allowed: Collection[object]) -> Iterator[str]:
    yield from (f"{what} {each}." for each in found if each not in allowed)


def _spoken(number: int) -> str:
    return errno.errorcode.get(number, str(number)) if number else "allowed"
