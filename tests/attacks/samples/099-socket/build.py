"""A socket in a folder is no text; it is refused with its name."""

import os
import socket
from pathlib import Path

MAIN = "from fastapi import FastAPI\n\napp = FastAPI()\n"


def build(folder: Path) -> None:
    (folder / "main.py").write_text(MAIN)
    with socket.socket(socket.AF_UNIX) as listener:
        # Bound by a short way: an address holds only about a hundred letters.
        here = os.open(folder, os.O_RDONLY)
        listener.bind(f"/proc/self/fd/{here}/more.py")
        os.close(here)
