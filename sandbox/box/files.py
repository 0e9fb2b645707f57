"""Reads a file that the app has written, as far as the host asks for and without following links."""

import os
import stat
from pathlib import Path


def read(folder: Path, name: str, most_bytes: int) -> str | None:
    """The first bytes of a plain file as hexadecimal digits; nothing if it is none."""
    try:
        descriptor = os.open(folder / name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except (OSError, ValueError):
        return None
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            return None
        return os.read(descriptor, most_bytes).hex()
    finally:
        os.close(descriptor)
