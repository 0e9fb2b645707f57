"""Parsers call themselves at each bracket. Python's own says no; whatever reads sources besides
must not fall before."""

from pathlib import Path


def build(folder: Path) -> None:
    (folder / "main.py").write_text("app = " + "(" * 99_000 + "1" + ")" * 99_000 + "\n")
