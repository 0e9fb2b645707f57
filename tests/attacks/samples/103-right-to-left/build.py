"""With a mark that turns the direction, the end of the name seems to be its beginning."""

from pathlib import Path

MAIN = "from fastapi import FastAPI\n\napp = FastAPI()\n"


def build(folder: Path) -> None:
    (folder / "main.py").write_text(MAIN)
    (folder / "a\u202eyp.txt").write_text("")
