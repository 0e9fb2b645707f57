"""A candidate's app that tells at /look what a box shows to whoever runs in it."""

import errno
import os
import resource
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

from fastapi import FastAPI

app = FastAPI()
STATUS = ("NoNewPrivs", "Seccomp", "CapEff", "CapPrm", "CapInh", "CapBnd", "CapAmb")
FORBIDDEN = (
    *("/proc/1/environ", "/proc/1/mem", "/proc/1/maps", "/proc/kcore", "/proc/keys"),
    *("/etc/shadow", "/var/run/docker.sock", "/run/docker.sock", "/dev/mem", "/dev/sda"),
)


def outcome(attempt: Callable[[], object]) -> str:
    try:
        attempt()
    except OSError as error:
        return errno.errorcode.get(error.errno or 0, type(error).__name__)
    return "done"


def written(folder: Path) -> str:
    place = folder / "written-by-a-probe"
    # Not written to: a message queue is a file that only refuses the writing.
    said = outcome(lambda: place.touch(exist_ok=False))
    if said == "done":
        place.unlink()
    return said


def writable_folders() -> list[str]:
    found = []
    for root, folders, _files in os.walk("/"):
        folders[:] = [f for f in folders if root != "/" or f != "proc"]
        if written(Path(root)) == "done":
            found.append(root)
    return sorted(found)


def status() -> dict[str, str]:
    lines = Path("/proc/self/status").read_text().splitlines()
    fields = dict(line.split(":", 1) for line in lines)
    return {name: fields[name].strip() for name in STATUS}


def run_from(folder: str) -> str:
    program = Path(folder, "program")
    program.write_bytes(Path("/bin/true").read_bytes())
    program.chmod(0o755)
    if os.fork() == 0:
        os._exit(0 if outcome(lambda: os.execv(program, ["program"])) == "EACCES" else 1)  # noqa: S606
    return "refused" if os.wait()[1] == 0 else "ran"


def empty_or_absent(path: str) -> bool:
    try:
        return not Path(path).read_bytes()
    except OSError:
        return True


def limits() -> dict[str, int]:
    names = ("NOFILE", "FSIZE", "CORE", "CPU")
    return {name: resource.getrlimit(getattr(resource, f"RLIMIT_{name}"))[1] for name in names}


@app.get("/look")
def look() -> dict[str, Any]:
    return {
        "environment": dict(os.environ),
        "user": [*os.getresuid(), *os.getresgid(), *os.getgroups()],
        "status": status(),
        "interfaces": [name for _number, name in socket.if_nameindex()]
        if outcome(socket.if_nameindex) == "done"
        else sorted(
            line.split(":")[0].strip()
            for line in Path("/proc/net/dev").read_text().splitlines()[2:]
        ),
        "routes": Path("/proc/net/route").read_text().splitlines()[1:],
        "writable": writable_folders(),
        "forbidden": {path: outcome(Path(path).read_bytes) for path in FORBIDDEN},
        "descriptors of the agent": outcome(lambda: list(Path("/proc/1/fd").iterdir())),
        "hidden": {
            path: empty_or_absent(path)
            for path in ("/proc/kallsyms", "/proc/cmdline", "/proc/version", "/proc/stat")
        },
        "processes": sorted(int(p.name) for p in Path("/proc").iterdir() if p.name.isdigit()),
        "mine": os.getpid(),
        "run from /tmp": run_from("/tmp"),  # noqa: S108
        "run from /work": run_from("/work"),
        "kill the agent": outcome(lambda: os.kill(1, 9)),
        "lower the risk of being killed": outcome(
            lambda: Path("/proc/self/oom_score_adj").write_text("-1000")
        ),
        "become root": outcome(lambda: os.setuid(0)),
        "set the host's name": outcome(lambda: socket.sethostname("mallory")),
        "limits": limits(),
        "host name": socket.gethostname(),
        "setuid files": [
            str(path)
            for path in Path("/usr").rglob("*")
            if path.lstat().st_mode & 0o6000 and not path.is_dir()
        ],
    }


@app.get("/alive")
def alive() -> str:
    return "yes"
