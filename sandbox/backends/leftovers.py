"""Folders of boxes whose maker was killed before it could remove them."""

import shutil
import time
from pathlib import Path

from sandbox.limits import LIFETIME_SECONDS

OLD_SECONDS = 2 * LIFETIME_SECONDS


def remove_old(parent: Path, pattern: str) -> None:
    """Remove folders below `parent` that match and that nobody can be using any more."""
    for folder in parent.glob(pattern):
        if folder.is_dir() and time.time() - folder.lstat().st_mtime > OLD_SECONDS:
            shutil.rmtree(folder, ignore_errors=True)
