"""Small challenge packages written into a temporary folder, for tests of grading."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from uuid import UUID

from graders.package import FULL_SCORE, Package, load

IDENTITY = UUID("7f0c2f0e-0c5b-4d52-9d1a-6a1a7a3b9c11")
DESCRIPTION = """\
format = 1
id = "{identity}"
version = 1
title = "A small challenge"
question = "freshers-1"
level = "freshers"
minutes = 5
topics = ["testing"]
entry = "main:app"
runtime = "fastapi"

[limits]
start_seconds = {start_seconds}
test_seconds = {test_seconds}
memory_mb = {memory_mb}
"""
REQUIREMENT = """
[[requirement]]
name = "{name}"
title = "The part called {name}"
points = {points}
"""


def write_package(
    folder: Path,
    hidden: Mapping[str, str],
    *,
    start_seconds: float = 5,
    test_seconds: float = 5,
    memory_mb: int = 256,
) -> Path:
    """Write a package whose requirements are the keys of `hidden`, worth equal points."""
    share, rest = divmod(FULL_SCORE, len(hidden))
    text = DESCRIPTION.format(
        identity=IDENTITY,
        start_seconds=start_seconds,
        test_seconds=test_seconds,
        memory_mb=memory_mb,
    )
    for name in ("hidden", "public", "starter"):
        (folder / name).mkdir(parents=True)
    for number, (name, source) in enumerate(hidden.items()):
        points = share + (rest if number == 0 else 0)
        text += REQUIREMENT.format(name=name, points=points)
        (folder / "hidden" / f"test_{name.replace('-', '_')}.py").write_text(source)
    (folder / "challenge.toml").write_text(text)
    (folder / "statement.md").write_text("# A small challenge\n\nMake it work.\n")
    (folder / "starter" / "main.py").write_text("from fastapi import FastAPI\n\napp = FastAPI()\n")
    (folder / "public" / "test_examples.py").write_text(
        "def test_it_starts(api):\n    api.get('/')\n"
    )
    return folder


def make_package(
    folder: Path,
    hidden: Mapping[str, str],
    *,
    start_seconds: float = 5,
    test_seconds: float = 5,
    memory_mb: int = 256,
) -> Package:
    """Write a package and read it back."""
    written = write_package(
        folder,
        hidden,
        start_seconds=start_seconds,
        test_seconds=test_seconds,
        memory_mb=memory_mb,
    )
    return load(written)
