"""Whoever resolves it goes round for ever, or fails with an error that nobody foresaw."""

from pathlib import Path

MAIN = "from fastapi import FastAPI\n\napp = FastAPI()\n"


def build(folder: Path) -> None:
    (folder / "main.py").write_text(MAIN)
    (folder / "more.py").symlink_to("more.py")
