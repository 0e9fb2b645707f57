"""The lines of the challenge packages that a page must not show, or not before they are due."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from graders.package import Package, load_all
from portal.settings import CHECKOUT

SECRET = ("hidden", "solutions")
SECRET_FILES = ("notes.md", "editorial.md", "quiz.toml", "hints.toml")
SHORTEST_CANARY = 25


@cache
def packages() -> list[Package]:
    """All challenges of this checkout."""
    return list(load_all(CHECKOUT / "challenges").values())


def canaries(package: Package) -> set[str]:
    """Lines that only the trusted side may know: long ones that a candidate gets nowhere else."""
    lines = {line.strip() for path in secret_files(package) for line in text_of(path).splitlines()}
    names = {name for path in package.hidden.glob("*.py") for name in names_of_tests(path)}
    known = open_text()
    wanted = lines | names | set(shown_later(package))
    return {word for word in wanted if len(word) >= SHORTEST_CANARY and word not in known}


def shown_later(package: Package) -> Iterator[str]:
    """What a page shows once it is due, in the pieces that no markup interrupts."""
    texts = [hint.text for hint in package.hints]
    texts += [question.explanation for question in package.quiz]
    texts += package.editorial.splitlines()
    yield from (piece.strip() for text in texts for piece in re.split(r"[`*]+", text))


@cache
def open_text() -> str:
    """Everything that any package gives to a candidate."""
    return "\n".join(
        text
        for package in packages()
        for text in (
            package.statement,
            package.guide,
            *(question.text for question in package.quiz),
            *(answer.text for question in package.quiz for answer in question.answer),
            *package.starter.values(),
            *package.public.values(),
            *package.driver_files.values(),
            *(requirement.title for requirement in package.requirements),
        )
    )


@cache
def by_start() -> dict[str, set[str]]:
    """All canaries by how they begin, so that a text need not be searched for each of them."""
    found: dict[str, set[str]] = {}
    for canary in set().union(*map(canaries, packages())):
        found.setdefault(canary[:SHORTEST_CANARY], set()).add(canary)
    return found


def canaries_in(text: str) -> set[str]:
    """The canaries that stand in a text."""
    starts = {text[at : at + SHORTEST_CANARY] for at in range(len(text))}
    known = by_start()
    return {line for start in starts & known.keys() for line in known[start] if line in text}


def secret_files(package: Package) -> Iterator[Path]:
    """Everything of a package that a candidate must not see."""
    for folder in SECRET:
        yield from (p for p in (package.folder / folder).rglob("*") if p.suffix in {".py", ".toml"})
    yield from (package.folder / name for name in SECRET_FILES)


def names_of_tests(path: Path) -> Iterator[str]:
    """The names of the tests of a file."""
    for node in ast.walk(ast.parse(text_of(path))):
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            yield node.name


def text_of(path: Path) -> str:
    """The text of a file."""
    return path.read_text(encoding="utf-8")


def explanations(package: Package) -> Iterator[str]:
    """The pieces of what is told to whoever has answered."""
    for question in package.quiz:
        yield from (piece.strip() for piece in re.split(r"[`*]+", question.explanation))
