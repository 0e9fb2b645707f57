"""A check that asks whether the file exists sees none, and who reads later does."""

from pathlib import Path

MAIN = "from fastapi import FastAPI\n\napp = FastAPI()\n"


def build(folder: Path) -> None:
    (folder / "main.py").write_text(MAIN)
    (folder / "more.py").symlink_to("../tomorrow.py")
