"""One file as a tree, with what the remarks ask of it: names, functions, routes, classes."""

import ast
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeGuard

ROUTE_METHODS = frozenset(
    {"get", "post", "put", "patch", "delete", "head", "options", "trace", "api_route"}
)
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
SCOPES = (*FUNCTIONS, ast.Lambda, ast.ClassDef)
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Source:
    """A parsed file; every look-up is made once."""

    name: str
    text: str
    tree: ast.Module
    models: frozenset[str] = field(default_factory=frozenset)
    """Names of Pydantic models, of all files of the submission."""

    @cached_property
    def nodes(self) -> list[ast.AST]:
        """Everything in the file."""
        return list(ast.walk(self.tree))

    @cached_property
    def parents(self) -> dict[ast.AST, ast.AST]:
        """What each node is directly in."""
        return {child: node for node in self.nodes for child in ast.iter_child_nodes(node)}

    @cached_property
    def imports(self) -> dict[str, str]:
        """What each imported name stands for, such as `sleep` for `time.sleep`."""
        found: dict[str, str] = {}
        for node in self.nodes:
            if isinstance(node, ast.Import):
                for each in node.names:
                    root = each.name.partition(".")[0]
                    found[each.asname or root] = each.name if each.asname else root
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                for each in node.names:
                    found[each.asname or each.name] = f"{node.module}.{each.name}"
        return found

    @cached_property
    def functions(self) -> list[Function]:
        """Every function, however deep."""
        return [node for node in self.nodes if isinstance(node, FUNCTIONS)]

    @cached_property
    def routes(self) -> dict[Function, ast.Call]:
        """Functions that answer requests, with the decorator that says so."""
        found: dict[Function, ast.Call] = {}
        for function in self.functions:
            for decorator in function.decorator_list:
                if is_route_decorator(decorator):
                    found[function] = decorator
        return found

    @cached_property
    def calls(self) -> list[ast.Call]:
        """Every call in the file."""
        return [node for node in self.nodes if isinstance(node, ast.Call)]

    @cached_property
    def calls_by_line(self) -> dict[int, list[ast.Call]]:
        """The calls that begin on each line."""
        found: dict[int, list[ast.Call]] = {}
        for call in self.calls:
            found.setdefault(call.lineno, []).append(call)
        return found

    @cached_property
    def functions_by_line(self) -> dict[int, Function]:
        """The function whose decorators and parameters stand on a line, not its body."""
        found = {}
        for function in self.functions:
            first = min([function.lineno, *(each.lineno for each in function.decorator_list)])
            for line in range(first, max(function.body[0].lineno, function.lineno + 1)):
                found[line] = function
        return found

    @cached_property
    def functions_by_name(self) -> Counter[str]:
        """How many functions have a name."""
        return Counter(function.name for function in self.functions)

    @cached_property
    def reads(self) -> Counter[str]:
        """How often each name is read."""
        names = (node for node in self.nodes if isinstance(node, ast.Name))
        return Counter(node.id for node in names if isinstance(node.ctx, ast.Load))

    @cached_property
    def aliases(self) -> dict[str, ast.expr]:
        """What is assigned to a name at the top of the file, once."""
        found: dict[str, ast.expr] = {}
        for node in self.tree.body:
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                found[node.targets[0].id] = node.value
        return found

    @cached_property
    def dependencies(self) -> set[str]:
        """Names of functions that are given to `Depends`."""
        return {
            argument.id
            for call in self.calls
            if self.dotted(call.func).endswith((".Depends", ".Security"))
            for argument in call.args[:1]
            if isinstance(argument, ast.Name)
        }

    def dotted(self, node: ast.AST) -> str:
        """The full name of what is meant, such as `time.sleep`; empty if it is no plain name."""
        parts: list[str] = []
        while isinstance(node, ast.Attribute):
            parts.append(node.attr)
            node = node.value
        if not isinstance(node, ast.Name):
            return ""
        parts.append(self.imports.get(node.id, node.id))
        return ".".join(reversed(parts))

    def around(self, node: ast.AST) -> Iterator[ast.AST]:
        """What a node is in, from the inside to the outside."""
        while node in self.parents:
            node = self.parents[node]
            yield node

    def function_of(self, node: ast.AST) -> ast.AST | None:
        """The innermost function or class that a node is in."""
        return next((each for each in self.around(node) if isinstance(each, SCOPES)), None)

    def annotation_names(self, annotation: ast.expr | None) -> set[str]:
        """Full names of all types in an annotation, with aliases of this file looked up once."""
        if annotation is None:
            return set()
        found = {self.dotted(n) for n in ast.walk(annotation) if isinstance(n, ast.Name)}
        found |= {self.dotted(n) for n in ast.walk(annotation) if isinstance(n, ast.Attribute)}
        for name in list(found):
            if name in self.aliases:
                inner = self.aliases[name]
                parts = [n for n in ast.walk(inner) if isinstance(n, ast.Name | ast.Attribute)]
                found |= {self.dotted(part) for part in parts}
        return found


def is_route_decorator(node: ast.expr) -> TypeGuard[ast.Call]:
    """Whether this is `@app.get("/…")` or the like."""
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in ROUTE_METHODS
        and bool(node.args)
        and isinstance(node.args[0], ast.Constant)
        and isinstance(node.args[0].value, str)
        and node.args[0].value[:1] in ("", "/")
    )


def own_nodes(function: ast.AST) -> Iterator[ast.AST]:
    """What runs when this function runs: its body without what it defines inside."""
    waiting = deque(ast.iter_child_nodes(function))
    while waiting:
        node = waiting.popleft()
        yield node
        if not isinstance(node, SCOPES):
            waiting.extendleft(reversed(list(ast.iter_child_nodes(node))))


def keyword(call: ast.Call, name: str) -> ast.expr | None:
    """The value of a named argument."""
    return next((each.value for each in call.keywords if each.arg == name), None)


def parameters(function: Function) -> list[ast.arg]:
    """All parameters that have names."""
    arguments = function.args
    return [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]


def last_name(node: ast.AST) -> str:
    """The last part of a name: `token` of `self.token`; empty for anything else."""
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""
