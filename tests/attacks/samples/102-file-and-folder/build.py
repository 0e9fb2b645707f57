"""Where capitals do not count, `Tools` is at the same time a file and the folder `tools` in
which other files lie."""

from pathlib import Path

MAIN = "from fastapi import FastAPI\n\napp = FastAPI()\n"


def build(folder: Path) -> None:
    (folder / "main.py").write_text(MAIN)
    (folder / "Tools.py").write_text("")
    (folder / "tools.py").mkdir()
    (folder / "tools.py" / "more.py").write_text("")
