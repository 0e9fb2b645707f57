"""Praise for data that stays right: rules in the database, single steps, bounded memory."""

import ast
from collections.abc import Iterator

from graders.analyser.remark import Advice, Finding, Weight
from graders.analyser.source import FUNCTIONS, Function, Source, keyword, last_name, own_nodes

GOOD = Weight.CELEBRATORY

RULE_IN_DATABASE = Advice(
    "rule-in-database",
    GOOD,
    "The database keeps the rule",
    "You let a unique constraint decide and turn its `IntegrityError` into an answer. That holds "
    "for two requests at once, where looking first and writing then does not.",
    "https://docs.sqlalchemy.org/en/20/core/constraints.html#unique-constraint",
    "SQLAlchemy: Unique constraint",
)
ONE_STATEMENT = Advice(
    "one-statement",
    GOOD,
    "Looking and writing are one statement",
    "An `UPDATE` with the condition in its `WHERE`, then a look at the number of rows: nobody can "
    "come in between, and no lock is needed. Many experienced people write this as two steps.",
    "https://docs.sqlalchemy.org/en/20/tutorial/data_update.html",
    "SQLAlchemy: Using UPDATE and DELETE",
)
EAGER = Advice(
    "related-rows-together",
    GOOD,
    "No query for each row",
    "`{subject}` loads the related rows of the whole list together, so the number of queries does "
    "not grow with the page.",
    "https://docs.sqlalchemy.org/en/20/orm/queryguide/relationships.html",
    "SQLAlchemy: Relationship loading",
)
LOCKED = Advice(
    "locked-step",
    GOOD,
    "Looking and writing are one step",
    "You look and write under one lock, so two requests at the same time cannot both find the "
    "place free. This is the bug that only shows under load.",
    "https://docs.python.org/3/library/threading.html#lock-objects",
    "Python: Lock objects",
)
STREAMED = Advice(
    "streamed-upload",
    GOOD,
    "The upload comes in pieces",
    "You pass the file on piece by piece, so the memory that it takes does not depend on what a "
    "client sends.",
    "https://fastapi.tiangolo.com/tutorial/request-files/#uploadfile",
    "FastAPI: Request files",
)
SAME_TIME = Advice(
    "same-time-comparison",
    GOOD,
    "Compared in constant time",
    "`compare_digest` gives nothing away about how much of a guess was right. Few people think of "
    "it without being asked.",
    "https://docs.python.org/3/library/secrets.html#secrets.compare_digest",
    "Python: secrets.compare_digest",
)
CLEANED_UP = Advice(
    "cleaned-up",
    GOOD,
    "What is opened is closed, whatever happens",
    "The `yield` of this dependency stands where an error of the route cannot get past it, so the "
    "connection comes back on every way out.",
    "https://fastapi.tiangolo.com/tutorial/dependencies/dependencies-with-yield/",
    "FastAPI: Dependencies with yield",
)
ONLY_SENT = Advice(
    "only-what-was-sent",
    GOOD,
    "Only what was sent is changed",
    "`exclude_unset` tells a field that was left out from one that was sent as its default, which "
    "is what makes a PATCH a PATCH.",
    "https://fastapi.tiangolo.com/tutorial/body-updates/",
    "FastAPI: Body updates",
)
LOADERS = frozenset({"selectinload", "joinedload", "subqueryload", "contains_eager"})


def look(source: Source) -> Iterator[Finding]:
    """The habits of somebody who has seen a service under load."""
    unique = any(keyword(call, "unique") is not None for call in source.calls) or any(
        source.dotted(call.func).endswith("UniqueConstraint") for call in source.calls
    )
    for node in source.nodes:
        if unique and isinstance(node, ast.ExceptHandler) and _is_integrity(source, node.type):
            yield Finding(RULE_IN_DATABASE, source.name, node.lineno)
        elif isinstance(node, ast.Call):
            yield from _call(source, node)
        elif isinstance(node, ast.With | ast.AsyncWith) and _looks_and_writes(source, node):
            yield Finding(LOCKED, source.name, node.lineno)
        elif isinstance(node, ast.AsyncFor | ast.While) and _takes_pieces(node):
            yield Finding(STREAMED, source.name, node.lineno)
    for function in source.functions:
        if line := _counted_update(source, function):
            yield Finding(ONE_STATEMENT, source.name, line)
        if function.name in source.dependencies and (line := _guarded_yield(source, function)):
            yield Finding(CLEANED_UP, source.name, line)


def _is_integrity(source: Source, kind: ast.expr | None) -> bool:
    return kind is not None and source.dotted(kind).endswith("IntegrityError")


def _call(source: Source, call: ast.Call) -> Iterator[Finding]:
    name = source.dotted(call.func)
    method = name.rpartition(".")[2]
    if method in LOADERS and "sqlalchemy" in name:
        yield Finding(EAGER, source.name, call.lineno, method)
    elif name in ("secrets.compare_digest", "hmac.compare_digest"):
        yield Finding(SAME_TIME, source.name, call.lineno)
    elif method == "exception_handler" and call.args and _is_integrity(source, call.args[0]):
        yield Finding(RULE_IN_DATABASE, source.name, call.lineno)
    elif name == "shutil.copyfileobj":
        yield Finding(STREAMED, source.name, call.lineno)
    elif method == "model_dump" and isinstance(keyword(call, "exclude_unset"), ast.Constant):
        route = source.function_of(call)
        decorator = source.routes.get(route) if isinstance(route, FUNCTIONS) else None
        if decorator and last_name(decorator.func) == "patch":
            yield Finding(ONLY_SENT, source.name, call.lineno)


def _looks_and_writes(source: Source, block: ast.With | ast.AsyncWith) -> bool:
    """A lock round an `if` that raises, and a write after it."""
    guard = block.items[0].context_expr
    if "lock" not in _made_by(source, guard).lower():
        return False
    raises = any(
        isinstance(each, ast.If) and any(isinstance(n, ast.Raise) for n in ast.walk(each))
        for each in block.body
    )
    return raises and len(block.body) > 1


def _made_by(source: Source, guard: ast.expr) -> str:
    """The name of a lock, or of what it was made by."""
    name = source.dotted(guard)
    made = source.aliases.get(name)
    return f"{name} {source.dotted(made.func)}" if isinstance(made, ast.Call) else name


def _takes_pieces(loop: ast.AsyncFor | ast.While) -> bool:
    """`async for … in request.stream()`, or `while piece := await file.read(size)`."""
    if isinstance(loop, ast.AsyncFor):
        return isinstance(loop.iter, ast.Call) and last_name(loop.iter.func) == "stream"
    test = loop.test.value if isinstance(loop.test, ast.NamedExpr) else loop.test
    call = test.value if isinstance(test, ast.Await) else test
    return isinstance(call, ast.Call) and last_name(call.func) == "read" and bool(call.args)


def _counted_update(source: Source, function: Function) -> int:
    """The line of an `update(…).where(…)` with two conditions whose row count is looked at."""
    nodes = list(own_nodes(function))
    if not any(isinstance(node, ast.Attribute) and node.attr == "rowcount" for node in nodes):
        return 0
    for node in nodes:
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        of = node.func.value
        if node.func.attr == "where" and len(node.args) > 1 and isinstance(of, ast.Call):
            is_update = source.dotted(of.func) in ("sqlalchemy.update", "sqlmodel.update")
            return node.lineno if is_update else 0
    return 0


def _guarded_yield(source: Source, function: Function) -> int:
    for node in own_nodes(function):
        if isinstance(node, ast.Yield):
            for each in source.around(node):
                if isinstance(each, ast.With | ast.AsyncWith) or (
                    isinstance(each, ast.Try) and each.finalbody
                ):
                    return node.lineno
    return 0
