"""Folders that live as long as their maker: a lock that the kernel drops tells who is gone."""

import fcntl
import os
import secrets
import shutil
from collections.abc import Callable
from pathlib import Path


class HeldFolder:
    """A fresh folder, locked by this process until it is removed or the process ends."""

    def __init__(self, parent: Path, prefix: str = "", mode: int = 0o700) -> None:
        while True:
            self.path = parent / f"{prefix}{secrets.token_hex(8)}"
            self.path.mkdir(mode=mode)
            lock = _locked(self.path)
            if lock is not None:
                break
        self._lock = lock

    def remove(self) -> None:
        """Remove the folder with all that is in it, then let go."""
        shutil.rmtree(self.path, ignore_errors=True)
        os.close(self._lock)

    def __enter__(self) -> Path:
        return self.path

    def __exit__(self, *_: object) -> None:
        self.remove()


def remove_abandoned(
    parent: Path, pattern: str, first: Callable[[Path], None] = lambda _folder: None
) -> int:
    """Remove folders below `parent` that match and that no living process holds.

    `first` is called for each before it goes. Returns how many went.
    """
    removed = 0
    for folder in parent.glob(pattern):
        lock = _locked(folder)
        if lock is not None:
            first(folder)
            shutil.rmtree(folder, ignore_errors=True)
            os.close(lock)
            removed += 1
    return removed


def _locked(folder: Path) -> int | None:
    """A descriptor that holds the lock of a folder of ours; nothing if it cannot be had."""
    try:
        lock = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
    except OSError:
        return None  # gone, a link, or somebody else's
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if os.fstat(lock).st_uid == os.geteuid() and _is_still(folder, lock):
            return lock
    except OSError:
        pass
    os.close(lock)
    return None


def _is_still(folder: Path, lock: int) -> bool:
    """Between our opening and our locking, a sweep may have removed it."""
    try:
        return os.path.samestat(folder.lstat(), os.fstat(lock))
    except FileNotFoundError:
        return False
