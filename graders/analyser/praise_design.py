"""Praise for what makes a service easy to change: names, models, one place for each thing."""

import ast
from collections.abc import Iterable, Iterator, Mapping

from graders.analyser.remark import Advice, Finding, Weight
from graders.analyser.source import Source, keyword, last_name, parameters

GOOD = Weight.CELEBRATORY
TIMES = 2

ERRORS_IN_ONE_PLACE = Advice(
    "errors-in-one-place",
    GOOD,
    "Rules raise, one place answers",
    "Your own exception says what went wrong, and one handler says it in HTTP. The rules can be "
    "tested without a request, and every answer looks the same.",
    "https://fastapi.tiangolo.com/tutorial/handling-errors/#install-custom-exception-handlers",
    "FastAPI: Custom exception handlers",
)
PLAIN_ASGI = Advice(
    "plain-asgi",
    GOOD,
    "Middleware on plain ASGI",
    "It passes messages on as they come: streams stay streams, and context variables keep their "
    "values. More to write than `BaseHTTPMiddleware`, and with fewer surprises.",
    "https://starlette.dev/middleware/#pure-asgi-middleware",
    "Starlette: Pure ASGI middleware",
)
REQUEST_CONTEXT = Advice(
    "request-context",
    GOOD,
    "Each request has its own value",
    "A `ContextVar` follows one request through awaits and threads; a global would mix up those "
    "that run at the same time.",
    "https://docs.python.org/3/library/contextvars.html",
    "Python: Context variables",
)
LIFESPAN = Advice(
    "lifespan",
    GOOD,
    "Opened and closed in one place",
    "The lifespan opens what the service needs and closes it at the end, so nothing is made when "
    "a module is imported and nothing is left open.",
    "https://fastapi.tiangolo.com/advanced/events/",
    "FastAPI: Lifespan events",
)
TAGGED = Advice(
    "tagged-union",
    GOOD,
    "The tag decides which model it is",
    "With a discriminator, Pydantic looks at one field and checks one model: errors are about what "
    "was meant, and the documentation shows the choice.",
    "https://docs.pydantic.dev/latest/concepts/unions/#discriminated-unions",
    "Pydantic: Discriminated unions",
)
IN_AND_OUT = Advice(
    "in-and-out",
    GOOD,
    "What comes in and what goes out have models of their own",
    "A client cannot send what only the service decides, and a field that is added inside does "
    "not leave by itself.",
    "https://fastapi.tiangolo.com/tutorial/extra-models/",
    "FastAPI: Extra models",
)
NAMED_DEPENDENCY = Advice(
    "named-dependency",
    GOOD,
    "A dependency with a name of its own",
    "`{subject}` says once how it is made, and every route only says that it needs it. Tests can "
    "replace it in one place.",
    "https://fastapi.tiangolo.com/tutorial/dependencies/#share-annotated-dependencies",
    "FastAPI: Share Annotated dependencies",
)
NAMED_RULE = Advice(
    "named-rule",
    GOOD,
    "A rule with a name",
    "`{subject}` carries its limits with it, so they are written once and cannot drift apart.",
    "https://docs.pydantic.dev/latest/concepts/types/#using-the-annotated-pattern",
    "Pydantic: The annotated pattern",
)
TABLE_OF_CASES = Advice(
    "table-of-cases",
    GOOD,
    "A table of cases",
    "`parametrize` names each case, so a failure says which one it was, and the next case is one "
    "line more.",
    "https://docs.pytest.org/en/stable/how-to/parametrize.html",
    "pytest: Parametrizing tests",
)
TIDY_TESTS = Advice(
    "tidy-tests",
    GOOD,
    "Each test leaves things as it found them",
    "What a fixture makes it takes away again after the `yield`, so your tests do not depend on "
    "each other or on their order.",
    "https://docs.pytest.org/en/stable/how-to/fixtures.html#teardown-cleanup-aka-fixture-finalization",
    "pytest: Fixture finalization",
)
LIMITS = frozenset(
    {"gt", "ge", "lt", "le", "min_length", "max_length", "pattern", "multiple_of", "max_digits"}
)


def look(source: Source) -> Iterator[Finding]:
    """One pass over the file."""
    classes = {node.name: node for node in source.nodes if isinstance(node, ast.ClassDef)}
    for call in source.calls:
        yield from _call(source, call, set(classes))
    for each in classes.values():
        yield from _middleware(source, each)
    for function in source.functions:
        for decorator in function.decorator_list:
            name = source.dotted(decorator)
            if name.endswith("asynccontextmanager") and _closes_after_yield(function):
                yield Finding(LIFESPAN, source.name, function.lineno)
            elif _is_fixture(source, decorator) and _closes_after_yield(function):
                yield Finding(TIDY_TESTS, source.name, function.lineno)
    for route in source.routes:
        taken = {n for p in parameters(route) for n in source.annotation_names(p.annotation)}
        model = keyword(source.routes[route], "response_model") or route.returns
        given = source.annotation_names(model) & source.models
        taken &= source.models
        if given and not given & taken and _fields(classes, given) & _fields(classes, taken):
            yield Finding(IN_AND_OUT, source.name, route.lineno)
    yield from _named(source)


def _fields(classes: Mapping[str, ast.ClassDef], names: Iterable[str]) -> set[str]:
    """Names of the fields of these models, with those of their bases in this file."""
    found: set[str] = set()
    waiting, seen = list(names), set(names)
    while waiting:
        model = classes.get(waiting.pop())
        if model is None:
            continue
        found |= {last_name(each.target) for each in model.body if isinstance(each, ast.AnnAssign)}
        bases = {last_name(base) for base in model.bases} - seen
        seen |= bases
        waiting.extend(bases)
    return found


def _call(source: Source, call: ast.Call, classes: set[str]) -> Iterator[Finding]:
    name = source.dotted(call.func)
    method = name.rpartition(".")[2]
    first = call.args[0] if call.args else None
    if method in ("exception_handler", "add_exception_handler"):
        if isinstance(first, ast.Name) and first.id in classes:
            yield Finding(ERRORS_IN_ONE_PLACE, source.name, call.lineno)
    elif name == "contextvars.ContextVar":
        yield Finding(REQUEST_CONTEXT, source.name, call.lineno)
    elif name == "pydantic.Discriminator" or keyword(call, "discriminator") is not None:
        yield Finding(TAGGED, source.name, call.lineno)
    elif name == "pytest.mark.parametrize":
        yield Finding(TABLE_OF_CASES, source.name, call.lineno)
    table = keyword(call, "exception_handlers")
    keys = table.keys if isinstance(table, ast.Dict) else []
    if any(isinstance(key, ast.Name) and key.id in classes for key in keys):
        yield Finding(ERRORS_IN_ONE_PLACE, source.name, call.lineno)


def _middleware(source: Source, each: ast.ClassDef) -> Iterator[Finding]:
    for method in each.body:
        if not isinstance(method, ast.AsyncFunctionDef) or method.name != "__call__":
            continue
        if [p.arg for p in parameters(method)][1:] == ["scope", "receive", "send"]:
            yield Finding(PLAIN_ASGI, source.name, each.lineno)


def _closes_after_yield(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Something is done after a `yield`, in the same block or in a `finally`."""
    for node in ast.walk(function):
        body = getattr(node, "body", None)
        if isinstance(body, list):
            yields = [i for i, s in enumerate(body) if _is_yield(s)]
            after = yields and (body[yields[-1] + 1 :] or getattr(node, "finalbody", None))
            if after or (yields and isinstance(node, ast.With | ast.AsyncWith)):
                return True
    return False


def _is_yield(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Yield)


def _is_fixture(source: Source, decorator: ast.expr) -> bool:
    made = decorator.func if isinstance(decorator, ast.Call) else decorator
    return source.dotted(made) == "pytest.fixture"


def _named(source: Source) -> Iterator[Finding]:
    """Names for annotated types at the top of the file that are used more than once."""
    for name, value in source.aliases.items():
        if not isinstance(value, ast.Subscript) or not source.dotted(value.value).endswith(
            "Annotated"
        ):
            continue
        if source.reads[name] < TIMES:
            continue
        calls = [node for node in ast.walk(value) if isinstance(node, ast.Call)]
        makers = {source.dotted(call.func) for call in calls}
        limits = {each.arg for call in calls for each in call.keywords} & LIMITS
        advice = NAMED_RULE if limits else None
        if any(maker.endswith((".Depends", ".Security")) for maker in makers):
            advice = NAMED_DEPENDENCY
        if advice:
            yield Finding(advice, source.name, value.lineno, name)
