"""Mutants of a solution: one small mistake each, always the same ones in the same order."""

import ast
import difflib
import itertools
import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from graders.mutants.kinds import DOCUMENTATION, KINDS

MOST_MUTANTS = 80
"""How many are tried of one solution, spread evenly over the kinds."""

SHOWN_LINES_AROUND = 2
ROUTES = frozenset(
    {"get", "post", "put", "patch", "delete", "head", "options", "route", "api_route", "websocket"}
)
DIARIES = frozenset({"log", "logger", "logging", "print"})
NAMED = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


@dataclass(frozen=True, slots=True)
class Mutant:
    """One mistake: `source` is the whole file with it, `before` and `after` the changed lines.

    `line` is the place in the file as its author wrote it; the texts are without comments and
    layout.
    """

    kind: str
    at: str
    line: int
    before: str
    after: str
    diff: str
    file: str
    source: str


@dataclass(frozen=True, slots=True)
class Site:
    """A node with its place in the tree; `inside` names function or class around it."""

    parent: ast.AST
    field: str
    index: int | None
    node: ast.AST
    inside: str

    def with_instead(self, tree: ast.Module, other: ast.AST) -> str:
        """The whole source with another node at this place; the tree is left as it was."""
        old = getattr(self.parent, self.field)
        new: object = other
        if self.index is not None:
            new = [*old[: self.index], other, *old[self.index + 1 :]]
        setattr(self.parent, self.field, new)
        try:
            return ast.unparse(tree)
        finally:
            setattr(self.parent, self.field, old)


def mutants_of(files: Mapping[str, str]) -> list[Mutant]:
    """Every mutant of the Python files that compiles and differs from all others."""
    return [
        mutant
        for name in sorted(files)
        if name.endswith(".py")
        for mutant in _of_file(name, files[name])
    ]


def spread(mutants: Sequence[Mutant], most: int = MOST_MUTANTS) -> list[Mutant]:
    """At most so many, as evenly over the kinds and over each kind's places as can be."""
    by_kind = {kind: [each for each in mutants if each.kind == kind] for kind in KINDS}
    shares = dict.fromkeys(KINDS, 0)
    free = min(most, len(mutants))
    for kind in itertools.cycle(KINDS):
        if not free:
            break
        if shares[kind] < len(by_kind[kind]):
            shares[kind] += 1
            free -= 1
    chosen = [
        found[number * len(found) // shares[kind]]
        for kind, found in by_kind.items()
        for number in range(shares[kind])
    ]
    return sorted(chosen, key=mutants.index)


def _of_file(name: str, source: str) -> Iterator[Mutant]:
    tree = ast.parse(source, name)
    original = ast.unparse(tree)
    seen = {original}
    for site in _sites(tree, tree, ""):
        for kind, mutator in KINDS.items():
            for other in mutator(site.node, site.parent):
                text = site.with_instead(tree, other)
                if text not in seen and _compiles(text, name):
                    seen.add(text)
                    yield _mutant(kind, name, site, original, text)


def _mutant(kind: str, name: str, site: Site, original: str, text: str) -> Mutant:
    lines = list(
        difflib.unified_diff(
            original.splitlines(),
            text.splitlines(),
            n=SHOWN_LINES_AROUND,
            lineterm="",
        )
    )[3:]
    return Mutant(
        kind=kind,
        at=f"{name}:{site.inside}",
        line=_line(site),
        before=_side(lines, "-"),
        after=_side(lines, "+"),
        diff="\n".join(line for line in lines if not line.startswith("@@")),
        file=name,
        source=text + "\n",
    )


def _side(lines: Sequence[str], mark: str) -> str:
    return "\n".join(line[1:].strip() for line in lines if line.startswith(mark))


def _line(site: Site) -> int:
    """A few nodes, such as the parts of a comprehension, have no place of their own."""
    return int(getattr(site.node, "lineno", getattr(site.parent, "lineno", 0)))


def _sites(tree: ast.Module, parent: ast.AST, inside: str) -> Iterator[Site]:
    for field, value in ast.iter_fields(parent):
        many = isinstance(value, list)
        for index, node in enumerate(value if many else [value]):
            if not isinstance(node, ast.AST) or _is_inert(node, parent, field):
                continue
            around = f"{inside}.{node.name}".lstrip(".") if isinstance(node, NAMED) else inside
            yield Site(parent, field, index if many else None, node, around)
            yield from _sites(tree, node, around)


def _is_inert(node: ast.AST, parent: ast.AST, field: str) -> bool:
    """Where a mistake would change nothing, or would say nothing about a suite."""
    match node:
        case ast.Import() | ast.ImportFrom() | ast.Expr(value=ast.Constant()):
            return True
        case ast.Expr(value=ast.Call(func=called)):
            return _root(called) in DIARIES
        case ast.If(test=ast.Compare(left=ast.Name(id="__name__"))):
            return True
        case ast.keyword(arg=name):
            return name in DOCUMENTATION
        case ast.Constant(value=str(text)) if field in ("annotation", "returns"):
            return bool(text)  # a type that is named before it is there
        case ast.Constant(value=str(text)) if isinstance(parent, ast.Call):
            return text.startswith("/") and _is_route(parent)
    return field == "format_spec"


def _root(called: ast.expr) -> str:
    """`logger` of `logger.info`."""
    while isinstance(called, ast.Attribute):
        called = called.value
    return called.id if isinstance(called, ast.Name) else ""


def _is_route(call: ast.Call) -> bool:
    return isinstance(call.func, ast.Attribute) and call.func.attr in ROUTES


def _compiles(text: str, name: str) -> bool:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SyntaxWarning)
        try:
            compile(text, name, "exec", dont_inherit=True)
        except SyntaxError:
            return False
    return True
