"""Shown as it is, it runs in the reader's browser."""

from pathlib import Path

MAIN = "from fastapi import FastAPI\n\napp = FastAPI()\n"


def build(folder: Path) -> None:
    (folder / "main.py").write_text(MAIN)
    (folder / "<img src=x onerror=alert(1)>.py").write_text("")
