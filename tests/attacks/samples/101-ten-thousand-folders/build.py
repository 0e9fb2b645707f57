"""Folders are no files, so a limit on files does not count them, but somebody has to walk
through them all."""

from pathlib import Path

MAIN = "from fastapi import FastAPI\n\napp = FastAPI()\n"

COUNT = 10_000


def build(folder: Path) -> None:
    (folder / "main.py").write_text(MAIN)
    for number in range(COUNT):
        (folder / f"d{number}").mkdir()
