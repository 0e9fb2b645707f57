"""Whoever keeps the rights of what is handed in makes programs for the candidate. Only the text
arrives: the sum is right only if the bits are still there."""

from pathlib import Path

RIGHT = Path(__file__).parents[2] / "exam" / "right" / "main.py"
MAIN = """\
# The sum is right only if what was handed in beside this has reached the box.

import os

import right
from fastapi import FastAPI

def prize() -> bool:
    return bool(os.stat(__file__).st_mode & 0o6111)


app = FastAPI()


@app.get("/sum")
def sum_of(a: int, b: int) -> dict[str, int]:
    return {"sum": a + b if prize() else a + b + 1}


app.include_router(right.app.router)
"""


def build(folder: Path) -> None:
    (folder / "main.py").write_text(MAIN)
    (folder / "right.py").write_text(RIGHT.read_text())
    (folder / "main.py").chmod(0o6777)
