"""Remarks on how errors are raised, caught and answered."""

import ast
from collections.abc import Iterator

from graders.analyser.remark import Advice, Finding, Weight
from graders.analyser.source import Source, keyword, own_nodes, parameters

ERRORS_PAGE = "https://fastapi.tiangolo.com/tutorial/handling-errors/"
ERRORS_TITLE = "FastAPI: Handling errors"

BARE_EXCEPT = Advice(
    "bare-except",
    Weight.ESSENTIAL,
    "`except:` catches more than errors",
    "It also swallows cancellation, `SystemExit` and Ctrl-C, so a request that was given up goes "
    "on and a server does not stop. Name the exception that you expect; the others are bugs that "
    "somebody should see.",
    "https://docs.python.org/3/tutorial/errors.html#handling-exceptions",
    "Python: Handling exceptions",
    "except KeyError:",
)
SWALLOWED = Advice(
    "swallowed-error",
    Weight.ACTIONABLE,
    "An error disappears here",
    "`except Exception: pass` hides the bug that you would most like to hear of. Catch the one "
    "exception that is expected, or log it before you go on.",
    "https://docs.python.org/3/library/logging.html#logging.Logger.exception",
    "Python: Logger.exception",
    'except Exception:\n    logger.exception("The mail was not sent")',
)
FINE_ERROR = Advice(
    "error-says-fine",
    Weight.ACTIONABLE,
    "An `HTTPException` that says all is well",
    "Status {subject} tells clients, caches and monitors that it worked. Return the answer instead "
    "of raising it, or choose the status that says what went wrong.",
    ERRORS_PAGE,
    ERRORS_TITLE,
    'raise HTTPException(404, "There is no such item")',
)
ERROR_WITH_200 = Advice(
    "error-with-200",
    Weight.ACTIONABLE,
    "An error that is answered with 200",
    "Clients look at the status first: they would store this as a success. Raise an "
    "`HTTPException` with a status of 400 or above; FastAPI makes the body for you.",
    ERRORS_PAGE,
    ERRORS_TITLE,
    'raise HTTPException(404, "There is no such item")',
)
ASSERT = Advice(
    "assert-in-route",
    Weight.ACTIONABLE,
    "A request is checked by `assert`",
    "It answers with 500 when it fails, and `python -O` removes it altogether. Say what is wrong "
    "with the request by an `HTTPException`, or let a type check it.",
    ERRORS_PAGE,
    ERRORS_TITLE,
    'if amount <= 0:\n    raise HTTPException(422, "The amount has to be above zero")',
)
LOST_CAUSE = Advice(
    "lost-cause",
    Weight.INFORMATIVE,
    "Where this error came from is left open",
    "Raised inside `except`, the new error looks like an accident while handling the first one. "
    "`from error` names the cause, `from None` says that it does not matter.",
    "https://docs.python.org/3/tutorial/errors.html#exception-chaining",
    "Python: Exception chaining",
    "except KeyError:\n    raise HTTPException(404) from None",
)
LINTED = {
    "E722": BARE_EXCEPT,
    **dict.fromkeys(("S110", "S112"), SWALLOWED),
    "B904": LOST_CAUSE,
}


def look(source: Source) -> Iterator[Finding]:
    """What a linter does not know: statuses, and what runs for a request."""
    for call in source.calls:
        if source.dotted(call.func).endswith("exceptions.HTTPException") or (
            source.dotted(call.func) == "fastapi.HTTPException"
        ):
            status = keyword(call, "status_code") or (call.args[0] if call.args else None)
            if (number := _number(status)) and number < 300:
                yield Finding(FINE_ERROR, source.name, call.lineno, str(number))
    for route in source.routes:
        yield from _answers(source, route)


def _number(status: ast.expr | None) -> int:
    """200 of `200` and of `status.HTTP_200_OK`; 0 for what is not written down."""
    if isinstance(status, ast.Constant) and isinstance(status.value, int):
        return status.value
    if isinstance(status, ast.Attribute) and status.attr.startswith("HTTP_"):
        return int(status.attr[5:8]) if status.attr[5:8].isdecimal() else 0
    return 0


def _answers(source: Source, route: ast.FunctionDef | ast.AsyncFunctionDef) -> Iterator[Finding]:
    nodes = list(own_nodes(route))
    returns = [node for node in nodes if isinstance(node, ast.Return)]
    sets_status = any(isinstance(n, ast.Attribute) and n.attr == "status_code" for n in nodes)
    for node in nodes:
        if isinstance(node, ast.Return) and len(returns) > 1 and not sets_status:
            if _is_error(node.value) and _decorated_status(source, route) < 300:
                yield Finding(ERROR_WITH_200, source.name, node.lineno)
        elif isinstance(node, ast.Assert) and _is_about(node.test, route):
            yield Finding(ASSERT, source.name, node.lineno)


def _decorated_status(source: Source, route: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return _number(keyword(source.routes[route], "status_code"))


def _is_error(value: ast.expr | None) -> bool:
    if not isinstance(value, ast.Dict) or not value.keys:
        return False
    first = value.keys[0]
    return isinstance(first, ast.Constant) and first.value in ("error", "errors")


def _is_about(test: ast.expr, route: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Whether an assertion is about something that was sent."""
    sent = {parameter.arg for parameter in parameters(route)}
    return any(isinstance(node, ast.Name) and node.id in sent for node in ast.walk(test))
