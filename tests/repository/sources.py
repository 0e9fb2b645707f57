"""The repository's own Python files, for tests that look at all of them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from portal.settings import CHECKOUT

FOLDERS = ("platform", "graders", "sandbox", "migrations", "scripts", "tests", "bench")
IN_BOX = CHECKOUT / "sandbox" / "box"
# What attackers hand in is data, and not always Python.
HANDED_IN = CHECKOUT / "tests" / "attacks" / "samples"


def python_files(*folders: str) -> list[Path]:
    """Every module below these folders, or below all of ours."""
    found = (path for folder in folders or FOLDERS for path in (CHECKOUT / folder).rglob("*.py"))
    return sorted(
        path for path in found if "__pycache__" not in path.parts and HANDED_IN not in path.parents
    )


def name_of(path: Path) -> str:
    """A file as one speaks of it: its path in the checkout."""
    return path.relative_to(CHECKOUT).as_posix()


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), name_of(path))


def imports_of(path: Path) -> Iterator[str]:
    """Every module or name that a file imports, in full: `from a.b import c` is `a.b.c`."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name_of(path)} imports relatively in line {node.lineno}"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
