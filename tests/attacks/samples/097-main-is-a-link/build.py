"""The file that is run is a link to another one, here to the folder's own right solution: even a
harmless one is refused, since nobody can tell."""

from pathlib import Path

MAIN = "from fastapi import FastAPI\n\napp = FastAPI()\n"


def build(folder: Path) -> None:
    (folder / "real.py").write_text(MAIN)
    (folder / "main.py").symlink_to("real.py")
