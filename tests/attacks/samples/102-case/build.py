"""On a disk that does not tell capitals from small letters the second file replaces the first,
and what was looked at is not what runs."""

from pathlib import Path

MAIN = "from fastapi import FastAPI\n\napp = FastAPI()\n"


def build(folder: Path) -> None:
    (folder / "main.py").write_text(MAIN)
    (folder / "Main.py").write_text("")
