"""Looks at the source of test files: what pytest would run, and what it would run in vain."""

import ast
import re
from collections.abc import Iterator

from graders.package_files import PackageFiles
from graders.report import MAX_TITLE

Test = ast.FunctionDef | ast.AsyncFunctionDef


def tests_in(tree: ast.Module) -> list[Test]:
    """The test functions of a file, those of its `Test…` classes as well."""
    return [test for body in _bodies(tree) for test in body]


def check(files: PackageFiles, name: str) -> None:
    """Note what is wrong in one test file."""
    text = files.text(name)
    if text is None:
        return
    tree = _parsed(files, name, text)
    if tree is None:
        return
    if not tests_in(tree):
        files.complain(name, "there is no test in it: no function whose name begins with test_.")
    for body in _bodies(tree):
        seen: set[str] = set()
        for test in body:
            _check_test(files, name, test)
            if test.name in seen:
                message = f"a second {test.name}: pytest would only run this one."
                files.complain(name, message, test.lineno)
            seen.add(test.name)


def check_support(files: PackageFiles, name: str) -> None:
    """Note what is wrong in the module that hidden test files share, where there is one."""
    text = files.text(name) if name in files.names("hidden") else None
    tree = _parsed(files, name, text) if text is not None else None
    if tree is None:
        return
    for body in _bodies(tree):
        for test in body:
            files.complain(
                name, f"{test.name} stands in no test file: nobody runs it.", test.lineno
            )
    if not any(_imports_support(files.text(each) or "") for each in files.names("hidden")):
        files.complain(name, "no test file imports it.")


def _imports_support(text: str) -> bool:
    return re.search(r"^(from support import|import support)\b", text, re.MULTILINE) is not None


def _parsed(files: PackageFiles, name: str, text: str) -> ast.Module | None:
    try:
        return ast.parse(text, name)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        reason = getattr(error, "msg", None) or str(error) or "it lies too deep in itself"
        files.complain(name, f"this is not Python: {reason}.", getattr(error, "lineno", None))
    return None


def _bodies(tree: ast.Module) -> Iterator[list[Test]]:
    yield _tests_of(tree)
    for node in tree.body:
        if isinstance(node, ast.ClassDef) and node.name.startswith("Test"):
            yield _tests_of(node)


def _tests_of(owner: ast.Module | ast.ClassDef) -> list[Test]:
    return [each for each in owner.body if isinstance(each, Test) and each.name.startswith("test_")]


def _check_test(files: PackageFiles, name: str, test: Test) -> None:
    if isinstance(test, ast.AsyncFunctionDef):
        files.complain(name, f"{test.name} is async, which pytest would not run.", test.lineno)
    title = (ast.get_docstring(test) or "").partition("\n")[0].strip()
    if not title:
        message = f"{test.name} has no docstring; its first line is the title that people see."
        files.complain(name, message, test.lineno)
    elif len(title) > MAX_TITLE:
        message = f"the title of {test.name} is longer than {MAX_TITLE} characters."
        files.complain(name, message, test.lineno)
