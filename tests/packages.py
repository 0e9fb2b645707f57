"""Small challenge packages written into a temporary folder, for tests of grading."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from uuid import UUID

from graders.description import file_of
from graders.package import FULL_SCORE, Package, load

IDENTITY = UUID("7f0c2f0e-0c5b-4d52-9d1a-6a1a7a3b9c11")
DRIVER = "driver:app"
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
{driver}runtime = "fastapi"

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
QUESTION = """\
[[question]]
text = "What is {number} and {number}?"
explanation = "Count them."
[[question.answer]]
text = "{right}"
right = true
[[question.answer]]
text = "none of these"
right = false
"""
QUESTIONS = 4
APP = "from fastapi import FastAPI\n\napp = FastAPI()\n"
DOCUMENTS = {
    "statement.md": "# A small challenge\n\nMake it work.\n",
    "notes.md": "# Notes\n\nIt is small.\n",
    "editorial.md": "# Worked solution\n\nIt works.\n",
    "guide.md": "# The question\n\nThe answer.\n",
    "quiz.toml": "\n".join(
        QUESTION.format(number=number, right=2 * number) for number in range(1, QUESTIONS + 1)
    ),
    "starter/main.py": APP,
    "public/test_examples.py": (
        '"""The examples."""\n\n\ndef test_it_starts(api):\n'
        '    """The app answers"""\n    api.get(\'/\')\n'
    ),
}
RIGHT = ("one_way", "other_way")
WRONG = ("first", "second", "third", "fourth", "fifth")


def write_package(
    folder: Path,
    hidden: Mapping[str, str],
    *,
    start_seconds: float = 5,
    test_seconds: float = 5,
    memory_mb: int = 256,
    driver: Mapping[str, str] | None = None,
) -> Path:
    """Write a whole package whose requirements are the keys of `hidden`, worth equal points.

    The files of `driver`, with `driver.py` among them, are what is served.
    """
    description = DESCRIPTION.format(
        identity=IDENTITY,
        start_seconds=start_seconds,
        test_seconds=test_seconds,
        memory_mb=memory_mb,
        driver=f'driver = "{DRIVER}"\n' if driver else "",
    )
    files = {"challenge.toml": description + _requirements(hidden), **DOCUMENTS}
    for name, source in hidden.items():
        files[f"hidden/test_{name.replace('-', '_')}.py"] = source
    files |= {f"driver/{name}": source for name, source in (driver or {}).items()}
    files |= dict(_solutions(next(iter(hidden))))
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    return folder


def make_package(
    folder: Path,
    hidden: Mapping[str, str],
    *,
    start_seconds: float = 5,
    test_seconds: float = 5,
    memory_mb: int = 256,
    driver: Mapping[str, str] | None = None,
) -> Package:
    """Write a package and read it back."""
    written = write_package(
        folder,
        hidden,
        start_seconds=start_seconds,
        test_seconds=test_seconds,
        memory_mb=memory_mb,
        driver=driver,
    )
    return load(written)


def _requirements(hidden: Mapping[str, str]) -> str:
    share, rest = divmod(FULL_SCORE, len(hidden))
    return "".join(
        REQUIREMENT.format(name=name, points=share + (0 if number else rest))
        for number, name in enumerate(hidden)
    )


def _solutions(lost: str) -> Iterator[tuple[str, str]]:
    entry = file_of("main:app")
    for name in RIGHT:
        yield f"solutions/right/{name}/{entry}", f'"""Right in {name}."""\n\n{APP}'
    for name in WRONG:
        yield f"solutions/wrong/{name}/{entry}", f'"""Wrong in the {name} way."""\n\n{APP}'
    declared = "".join(f'{name} = {{ loses = ["{lost}"] }}\n' for name in WRONG)
    yield "solutions/wrong/expected.toml", declared
