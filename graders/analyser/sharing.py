"""Remarks on what requests share without meaning to: defaults, counters, numbers."""

import ast
from collections.abc import Iterator

from graders.analyser.remark import Advice, Finding, Weight
from graders.analyser.source import FUNCTIONS, Function, Source, own_nodes

MUTABLE_DEFAULT = Advice(
    "mutable-default",
    Weight.ESSENTIAL,
    "A default that all calls share",
    "A default is made once, when the function is defined: what one request puts into this list "
    "or dictionary, the next one finds there. Take `None` and make a fresh one inside.",
    "https://docs.python.org/3/faq/programming.html#why-are-default-values-shared-between-objects",
    "Python: Why are default values shared?",
    "def add(item, items=None):\n    items = [] if items is None else items",
)
CONTEXT_DEFAULT = Advice(
    "context-default",
    Weight.ESSENTIAL,
    "A context variable whose default is shared",
    "The default of a `ContextVar` is one object for every request: changing it changes it for "
    "all of them. Leave the default out, and set a fresh value at the start of each request.",
    "https://docs.python.org/3/library/contextvars.html",
    "Python: Context variables",
)
SHARED_COUNTER = Advice(
    "shared-counter",
    Weight.ACTIONABLE,
    "Two threads may count at once",
    "FastAPI runs a plain `def` route in a thread of its own, and `+=` on `{subject}` reads first "
    "and writes later: two requests can get the same number. Let something do both in one step.",
    "https://docs.python.org/3/library/itertools.html#itertools.count",
    "Python: itertools.count",
    "numbers = count(1)\nnumber = next(numbers)",
)
NUMBER_FROM_LENGTH = Advice(
    "number-from-length",
    Weight.ACTIONABLE,
    "Two requests may get the same number",
    "A plain `def` route runs in a thread, so two of them can both see the same length of "
    "`{subject}` before either has added its own; and after a deletion a number comes again. "
    "A counter of its own, or the database, hands out each number once.",
    "https://docs.python.org/3/library/itertools.html#itertools.count",
    "Python: itertools.count",
    "numbers = count(1)\nnumber = next(numbers)",
)
LATE_BINDING = Advice(
    "late-binding",
    Weight.ACTIONABLE,
    "This function sees the last turn of the loop",
    "A function that is made in a loop looks its names up when it is called, and by then the loop "
    "is over. Hand the value in as a default or by `functools.partial`.",
    "https://docs.python.org/3/faq/programming.html"
    "#why-do-lambdas-defined-in-a-loop-with-different-values-all-return-the-same-result",
    "Python: Lambdas in a loop",
)
DECLARES = frozenset(
    f"fastapi.{kind}" for kind in ("Depends", "Query", "Path", "Header", "Cookie", "Body", "Form")
)
LINTED = {"B006": MUTABLE_DEFAULT, "B039": CONTEXT_DEFAULT, "B023": LATE_BINDING}


def is_copied_default(source: Source, line: int) -> bool:
    """Whether FastAPI calls this function, and so makes a fresh copy of the default each time."""
    function = source.functions_by_line.get(line)
    if function is None:
        return False
    declares = DECLARES & {source.dotted(node) for node in ast.walk(function.args)}
    called = function in source.routes or function.name in source.dependencies
    return called or bool(declares)


def look(source: Source) -> Iterator[Finding]:
    """Numbers that plain `def` routes make from what all of them share."""
    for route in source.routes:
        if isinstance(route, ast.AsyncFunctionDef):
            continue  # nothing comes in between as long as nothing is awaited
        shared = {name for n in own_nodes(route) if isinstance(n, ast.Global) for name in n.names}
        for node in own_nodes(route):
            if _is_alone(source, node):
                continue
            if isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name):
                if node.target.id in shared:
                    yield Finding(SHARED_COUNTER, source.name, node.lineno, node.target.id)
            elif (name := _length_plus_one(source, node)) and not _is_local(route, name):
                yield Finding(NUMBER_FROM_LENGTH, source.name, _line(node), name)


def _line(node: ast.AST) -> int:
    return int(getattr(node, "lineno", 1))


def _is_alone(source: Source, node: ast.AST) -> bool:
    """Whether this happens inside a `with`, such as under a lock or in a transaction."""
    for each in source.around(node):
        if isinstance(each, ast.With):
            return True
        if isinstance(each, FUNCTIONS):
            return False
    return False


def _length_plus_one(source: Source, node: ast.AST) -> str:
    """`orders` of `number = len(orders) + 1`, where the number is stored or named."""
    if not (isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add)):
        return ""
    call, one = node.left, node.right
    if not (isinstance(one, ast.Constant) and one.value == 1 and isinstance(call, ast.Call)):
        return ""
    if source.dotted(call.func) != "len" or not call.args or not isinstance(call.args[0], ast.Name):
        return ""
    parent = source.parents.get(node)
    return call.args[0].id if isinstance(parent, ast.Assign | ast.keyword | ast.Dict) else ""


def _is_local(route: Function, name: str) -> bool:
    return any(
        isinstance(node, ast.Name) and node.id == name and isinstance(node.ctx, ast.Store)
        for node in own_nodes(route)
    ) or any(each.arg == name for each in ast.walk(route.args) if isinstance(each, ast.arg))
