"""Fifty thousand signs in a row are no brackets, so no limit on brackets counts them, but the
tree is as deep. Python may refuse it in words or die of it: either way the app did not start."""

from pathlib import Path


def build(folder: Path) -> None:
    (folder / "main.py").write_text("app = " + "-" * 50_000 + "1\n")
