"""`C:main.py` leads to another drive where there are drives."""

from pathlib import Path

MAIN = "from fastapi import FastAPI\n\napp = FastAPI()\n"


def build(folder: Path) -> None:
    (folder / "main.py").write_text(MAIN)
    (folder / "C:main.py").write_text("")
