"""Processes that an app leaves behind, and files: the agent ends and empties them all."""

import contextlib
import ctypes
import os
import shutil
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from resource import struct_rusage

PR_SET_CHILD_SUBREAPER = 36
PATIENCE_SECONDS = 2.0


def adopt_orphans() -> None:
    """Make orphaned grandchildren ours, as they are anyway where we are process 1."""
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def kill_all() -> None:
    """SIGKILL everything but ourselves: one call as process 1, child by child elsewhere."""
    if os.getpid() == 1:
        with contextlib.suppress(ProcessLookupError):
            os.kill(-1, signal.SIGKILL)
        return
    for pid in _children():
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def reap() -> Iterator[tuple[int, int, struct_rusage]]:
    """Collect every ended child: (pid, wait status, resource usage)."""
    while True:
        try:
            pid, status, usage = os.wait4(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if not pid:
            return
        yield pid, status, usage


def wait_for_all() -> None:
    """Reap until no child is left; orphans arrive late, so kill again while waiting."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        list(reap())
        if not _children():
            return
        kill_all()
        time.sleep(0.001)


def empty(place: Path) -> None:
    """Remove what lies in `place` and the marks on it; what resists is the candidate's own loss."""
    place.mkdir(parents=True, exist_ok=True)
    place.chmod(0o700)
    for name in os.listxattr(place):
        with contextlib.suppress(OSError):
            os.removexattr(place, name)
    for path in list(place.iterdir()):
        try:
            if path.is_dir() and not path.is_symlink():
                _open_up(path)
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink()
        except (OSError, RecursionError):
            continue
    os.utime(place, (0, 0))


def _open_up(folder: Path) -> None:
    """Folders without rights would keep what lies in them from one start to the next."""
    with contextlib.suppress(OSError):
        folder.chmod(0o700)
        for root, names, _files in os.walk(folder):
            for inner in (Path(root, name) for name in names):
                if not inner.is_symlink():
                    inner.chmod(0o700)


def _children() -> list[int]:
    listing = Path(f"/proc/self/task/{os.getpid()}/children")
    return [int(pid) for pid in listing.read_text().split()]
