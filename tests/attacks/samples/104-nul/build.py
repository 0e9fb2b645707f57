"""Some tools stop reading there, others go on, so people and machines see different sources."""

from pathlib import Path

MAIN = "from fastapi import FastAPI\n\napp = FastAPI()\n"


def build(folder: Path) -> None:
    (folder / "main.py").write_bytes(MAIN.encode() + b"# \0\n")
