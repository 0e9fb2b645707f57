"""Whether something of the hidden suite is in what a candidate receives."""

import ast
from collections.abc import Iterator, Mapping

from graders.package import Package
from graders.proof.finding import Finding
from graders.suite_source import tests_in

SHORTEST_SECRET = 40
"""A test shorter than this says nothing that a statement might not say by itself."""


def leaks(package: Package, hidden: Mapping[str, str]) -> Iterator[Finding]:
    """Every hidden test whose content or name a candidate can read."""
    received = dict(_received(package))
    code = {name: _content(text) for name, text in received.items() if name.endswith(".py")}
    prose = {name: _squeezed(text) for name, text in received.items() if name not in code}
    public = {test.name for text in package.public.values() for test in tests_in(ast.parse(text))}
    for file, source in hidden.items():
        for test in tests_in(ast.parse(source)):
            place = f"hidden/{file}:{test.lineno}"
            body = "\n".join(ast.unparse(part) for part in _without_docstring(test.body))
            written = _squeezed("\n".join(source.splitlines()[test.lineno : test.end_lineno]))
            for name in [name for name, text in code.items() if body and body in text]:
                yield Finding(place, f"{test.name} stands in {name}, which candidates receive")
            for name, text in prose.items():
                is_quoted = len(written) >= SHORTEST_SECRET and written in text
                if is_quoted or (test.name not in public and test.name in text):
                    yield Finding(place, f"{test.name} stands in {name}, which candidates receive")


def _received(package: Package) -> Iterator[tuple[str, str]]:
    yield "statement.md", package.statement
    yield "guide.md", package.guide
    folders = {
        "starter": package.starter,
        "public": package.public,
        "driver": package.driver_files,
    }
    for folder, files in folders.items():
        for name, text in files.items():
            yield f"{folder}/{name}", text


def _content(source: str) -> str:
    """The bodies of all functions without their layout, so that only content is compared."""
    functions = (
        node
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    )
    return "\n".join(
        ast.unparse(part) for function in functions for part in _without_docstring(function.body)
    )


def _without_docstring(body: list[ast.stmt]) -> list[ast.stmt]:
    first = body[0]
    is_docstring = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    return body[1:] if is_docstring else body


def _squeezed(text: str) -> str:
    return " ".join(text.split())
