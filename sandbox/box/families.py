"""Processes that an app leaves behind, and files: the agent ends and empties them all."""

import contextlib
import ctypes
import os
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
    """Remove all that lies in `place` and the marks on it, whatever its depth, names and rights.

    What lies in a folder is moved up first: so no path gets long, and nothing calls itself.
    """
    place.mkdir(parents=True, exist_ok=True)
    folders = _clear(str(place))
    while folders:
        folder = folders.pop()
        for inner in _clear(folder):
            # Nobody can have taken this name: the app is gone, and did not know it.
            folders.append(f"{place}/{os.urandom(8).hex()}")
            os.rename(inner, folders[-1])  # noqa: PTH104  (a path object for each would be slow)
        os.rmdir(folder)  # noqa: PTH106
    for name in os.listxattr(place):
        with contextlib.suppress(OSError):
            os.removexattr(place, name)
    os.utime(place, (0, 0))


def _clear(folder: str) -> list[str]:
    """Remove what is no folder from `folder`, and open up the folders in it."""
    os.chmod(folder, 0o700)  # noqa: PTH101
    with os.scandir(folder) as found:
        entries = list(found)
    for entry in entries:
        if not entry.is_dir(follow_symlinks=False):
            os.unlink(entry.path)  # noqa: PTH108
    folders = [entry.path for entry in entries if entry.is_dir(follow_symlinks=False)]
    for inner in folders:
        os.chmod(inner, 0o700)  # noqa: PTH101  (without rights it could not be moved)
    return folders


def _children() -> list[int]:
    listing = Path(f"/proc/self/task/{os.getpid()}/children")
    return [int(pid) for pid in listing.read_text().split()]
