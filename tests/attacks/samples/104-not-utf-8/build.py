"""Nobody can show it truly, and databases refuse it."""

from pathlib import Path

MAIN = "from fastapi import FastAPI\n\napp = FastAPI()\n"


def build(folder: Path) -> None:
    (folder / "main.py").write_bytes(b"# -*- coding: latin-1 -*-\n# \xe9\n" + MAIN.encode())
