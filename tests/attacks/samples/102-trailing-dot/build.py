"""Some systems drop dots and blanks at the end, and then it is main.py."""

from pathlib import Path

MAIN = "from fastapi import FastAPI\n\napp = FastAPI()\n"


def build(folder: Path) -> None:
    (folder / "main.py").write_text(MAIN)
    (folder / "main.py.").write_text("")
