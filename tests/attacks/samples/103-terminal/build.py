"""Printed as it is, it clears the screen, changes the title and colours what follows."""

from pathlib import Path

MAIN = "from fastapi import FastAPI\n\napp = FastAPI()\n"


def build(folder: Path) -> None:
    (folder / "main.py").write_text(MAIN)
    (folder / "\u001b[2J\u001b]0;owned\u0007.py").write_text("")
