"""Every second byte is zero, and the rest looks like a source."""

from pathlib import Path

MAIN = "from fastapi import FastAPI\n\napp = FastAPI()\n"


def build(folder: Path) -> None:
    (folder / "main.py").write_bytes(MAIN.encode("utf-16"))
