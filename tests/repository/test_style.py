"""Files and functions stay small, and every module says what it is for."""

from __future__ import annotations

import ast

from tests.repository.sources import name_of, python_files, tree_of

LONGEST_FILE = 300
LONGEST_FUNCTION = 40
# Alembic runs these alone and by number; their names say what they do.
MIGRATIONS = "migrations/versions/"


def test_no_file_is_long() -> None:
    lengths = {name_of(path): len(path.read_text().splitlines()) for path in python_files()}
    assert {name: length for name, length in lengths.items() if length > LONGEST_FILE} == {}


def test_no_function_is_long() -> None:
    lengths = {
        f"{name_of(path)}:{node.lineno} {node.name}": (node.end_lineno or 0) - node.lineno + 1
        for path in python_files()
        if not name_of(path).startswith(MIGRATIONS)
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    assert {name: length for name, length in lengths.items() if length > LONGEST_FUNCTION} == {}


def test_every_module_says_what_it_is_for() -> None:
    silent = [name_of(path) for path in python_files() if not ast.get_docstring(tree_of(path))]
    assert silent == []
