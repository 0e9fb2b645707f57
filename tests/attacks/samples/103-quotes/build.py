"""Shells, headers and queries quote names, and this one closes the quotation."""

from pathlib import Path

MAIN = "from fastapi import FastAPI\n\napp = FastAPI()\n"


def build(folder: Path) -> None:
    (folder / "main.py").write_text(MAIN)
    (folder / "a\"'; touch owned; '.py").write_text("")
