"""Names are bytes. These are not UTF-8, and whoever takes them for text fails when it prints,
stores or sends them."""

import os
from pathlib import Path

MAIN = "from fastapi import FastAPI\n\napp = FastAPI()\n"


def build(folder: Path) -> None:
    (folder / "main.py").write_text(MAIN)
    os.close(os.open(os.fsencode(folder) + b"/\xff\xfe.py", os.O_CREAT))
