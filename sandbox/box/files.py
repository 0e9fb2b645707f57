"""Reads what the app has written, as far as the host asks for and without following links."""

import os
import stat
from collections.abc import Callable
from pathlib import Path

END = b"\0"
"""Follows every name in the list of a folder: the one byte that no name can hold."""


def read(folder: Path, name: str, most_bytes: int) -> str | None:
    """The first bytes of a plain file as hexadecimal digits; nothing if it is none."""
    return _opened(folder / name, os.O_NONBLOCK, stat.S_ISREG, os.read, most_bytes)


def names(folder: Path, name: str, most_bytes: int) -> str | None:
    """The first bytes of the names in a folder, in the same form; nothing if it is none."""
    return _opened(folder / name, os.O_DIRECTORY, stat.S_ISDIR, _names, most_bytes)


def _opened(
    path: Path,
    flag: int,
    is_wanted: Callable[[int], bool],
    read_from: Callable[[int, int], bytes],
    most_bytes: int,
) -> str | None:
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | flag)
    except (OSError, ValueError):
        return None
    try:
        if not is_wanted(os.fstat(descriptor).st_mode):
            return None
        return read_from(descriptor, most_bytes).hex()
    finally:
        os.close(descriptor)


def _names(folder: int, most_bytes: int) -> bytes:
    found = bytearray()
    with os.scandir(folder) as entries:
        for entry in entries:
            found += os.fsencode(entry.name) + END
            if len(found) >= most_bytes:
                break
    return bytes(found[:most_bytes])
