"""On Linux `..\\main.py` is one odd name, on Windows a path that leads upwards. Names that mean
two things are refused."""

from pathlib import Path

MAIN = "from fastapi import FastAPI\n\napp = FastAPI()\n"


def build(folder: Path) -> None:
    (folder / "main.py").write_text(MAIN)
    (folder / "..\\main.py").write_text("")
    (folder / "C:\\Windows\\main.py").write_text("")
