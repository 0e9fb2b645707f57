"""The letter with its dots can be written in two ways; some disks take both for one name. Names
have plain letters only."""

from pathlib import Path

MAIN = "from fastapi import FastAPI\n\napp = FastAPI()\n"


def build(folder: Path) -> None:
    (folder / "main.py").write_text(MAIN)
    (folder / "u\u0308ber.py").write_text("")
    (folder / "\u00fcber.py").write_text("")
