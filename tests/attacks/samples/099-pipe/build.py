"""Opening a pipe waits until somebody writes to it, which would keep the reader waiting for
ever."""

import os
from pathlib import Path

MAIN = "from fastapi import FastAPI\n\napp = FastAPI()\n"


def build(folder: Path) -> None:
    (folder / "main.py").write_text(MAIN)
    os.mkfifo(folder / "more.py")
