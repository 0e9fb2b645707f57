"""It costs nothing here, and the reader's whole memory if it is read as it is. Only as much is
read as is allowed."""

from pathlib import Path

MAIN = "from fastapi import FastAPI\n\napp = FastAPI()\n"


def build(folder: Path) -> None:
    (folder / "main.py").write_text(MAIN)
    with (folder / "more.py").open("wb") as file:
        file.truncate(10**12)
