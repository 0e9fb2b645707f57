"""Folders of boxes whose maker was killed before it could remove them."""

import shutil
import time
from pathlib import Path

OLD_SECONDS = 3600
"""Longer than any box may live."""


def remove_old(parent: Path, pattern: str) -> None:
    """Remove folders below `parent` that match and that nobody can be using any more."""
    for folder in parent.glob(pattern):
        if folder.is_dir() and time.time() - folder.lstat().st_mtime > OLD_SECONDS:
            shutil.rmtree(folder, ignore_errors=True)
