"""Walks that call themselves run out of stack, and long paths cannot be opened: the file must
not be dropped in silence, and the reader must not fall."""

import os
from pathlib import Path

MAIN = "from fastapi import FastAPI\n\napp = FastAPI()\n"

DEPTH = 900


def build(folder: Path) -> None:
    (folder / "main.py").write_text(MAIN)
    # One level at a time: a little deeper, and no path could be this long.
    here = os.open(folder, os.O_RDONLY)
    for _ in range(DEPTH):
        os.mkdir("d", dir_fd=here)
        inner = os.open("d", os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = inner
    os.close(os.open("more.py", os.O_CREAT, dir_fd=here))
    os.close(here)
