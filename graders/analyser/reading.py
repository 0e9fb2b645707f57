"""Reads hostile text as Python: what is too deep or of no known Python is set aside by name."""

import ast
from collections.abc import Iterable, Mapping

from graders.analyser.remark import Finding
from graders.analyser.source import Source

DEEPEST_FAMILY = 20
SHORTEST_GIVEN_LINE = 8


def parsed(files: Mapping[str, str]) -> tuple[list[Source], list[str]]:
    """The Python files as trees, and the names of those that cannot be read."""
    trees: dict[str, ast.Module] = {}
    unread = []
    for name, text in sorted(files.items()):
        if not name.endswith(".py"):
            continue
        try:
            trees[name] = ast.parse(text)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            unread.append(name)
    models = _models(trees.values())
    return [Source(name, files[name], tree, models) for name, tree in trees.items()], unread


def is_given(found: Finding, files: Mapping[str, str], given: Iterable[str]) -> bool:
    """Whether the line is one that the candidate was given, and so is not theirs to answer for."""
    lines = files[found.file].splitlines()
    line = lines[found.line - 1].strip() if found.line <= len(lines) else ""
    return len(line) >= SHORTEST_GIVEN_LINE and line in given


def _models(trees: Iterable[ast.Module]) -> frozenset[str]:
    """Names of classes that are Pydantic models, directly or through each other."""
    bases = {
        node.name: {_name(base) for base in node.bases}
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
    }
    models = {"BaseModel", "RootModel"}
    for _ in range(DEEPEST_FAMILY):
        more = {name for name, of in bases.items() if of & models} - models
        if not more:
            break
        models |= more
    return frozenset(models - {"BaseModel", "RootModel"})


def _name(base: ast.expr) -> str:
    """`BaseModel` of `pydantic.BaseModel` and of `RootModel[int]`."""
    plain = base.value if isinstance(base, ast.Subscript) else base
    if isinstance(plain, ast.Attribute):
        return plain.attr
    return plain.id if isinstance(plain, ast.Name) else ""
