"""Whoever reads the submission follows the link and grades, stores and shows a file of the
machine. Links are refused, not followed."""

from pathlib import Path

MAIN = "from fastapi import FastAPI\n\napp = FastAPI()\n"


def build(folder: Path) -> None:
    (folder / "main.py").write_text(MAIN)
    (folder / "more.py").symlink_to("/etc/passwd")
