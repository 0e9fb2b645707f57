"""`/proc/self/root` is a link that no path check sees through."""

from pathlib import Path

MAIN = "from fastapi import FastAPI\n\napp = FastAPI()\n"


def build(folder: Path) -> None:
    (folder / "main.py").write_text(MAIN)
    (folder / "more.py").symlink_to("/proc/self/root")
