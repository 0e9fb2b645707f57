"""In a log or a list the second line is an entry of its own."""

from pathlib import Path

MAIN = "from fastapi import FastAPI\n\napp = FastAPI()\n"


def build(folder: Path) -> None:
    (folder / "main.py").write_text(MAIN)
    (folder / "a.py\nmain.py: passed, 100 of 100").write_text("")
