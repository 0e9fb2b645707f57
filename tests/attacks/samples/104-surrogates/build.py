"""Bytes that some decoders take and others do not: half a character of UTF-16, encoded as if it
were a whole one."""

from pathlib import Path

MAIN = "from fastapi import FastAPI\n\napp = FastAPI()\n"


def build(folder: Path) -> None:
    (folder / "main.py").write_bytes(MAIN.encode() + b"# \xed\xa0\x80\n")
