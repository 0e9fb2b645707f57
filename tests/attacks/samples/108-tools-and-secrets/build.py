"""Version control, virtual environments and secrets lie in folders and files that begin with a
dot; some tools run what they find there. None of it reaches the box: the sum is right only if
any does."""

from pathlib import Path

RIGHT = Path(__file__).parents[2] / "exam" / "right" / "main.py"
MAIN = """\
# The sum is right only if what was handed in beside this has reached the box.

from pathlib import Path

import right
from fastapi import FastAPI

NAMES = (".git", ".env", ".venv", ".vscode", ".pdbrc", "node_modules", "__pycache__")


def prize() -> bool:
    return any(Path("/work", name).exists() for name in NAMES)


app = FastAPI()


@app.get("/sum")
def sum_of(a: int, b: int) -> dict[str, int]:
    return {"sum": a + b if prize() else a + b + 1}


app.include_router(right.app.router)
"""


def build(folder: Path) -> None:
    (folder / "main.py").write_text(MAIN)
    (folder / "right.py").write_text(RIGHT.read_text())
    for name in (".git/hooks", ".venv/lib", ".vscode", "node_modules/left-pad", "__pycache__"):
        (folder / name).mkdir(parents=True)
        (folder / name / "more.py").write_text("raise SystemExit\n")
    (folder / ".env").write_text("PYTHONPATH=/tmp\n")
    (folder / ".pdbrc").write_text("import os\n")
