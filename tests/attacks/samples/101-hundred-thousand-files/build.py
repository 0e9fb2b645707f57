"""The cost is in the number, not in the bytes. The reader stops at the first file that is too
many."""

import os
from pathlib import Path

MAIN = "from fastapi import FastAPI\n\napp = FastAPI()\n"

COUNT = 100_000


def build(folder: Path) -> None:
    (folder / "main.py").write_text(MAIN)
    for number in range(COUNT):
        os.close(os.open(folder / f"f{number}.py", os.O_CREAT))
