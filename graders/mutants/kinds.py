"""The kinds of small mistakes: each looks at one node and says what could stand there instead."""

import ast
import copy
from collections.abc import Callable, Iterator
from http import HTTPStatus
from typing import Any

Mutator = Callable[[ast.AST, ast.AST], Iterator[ast.AST]]
"""From a node and its parent to the nodes that could replace it; neither is changed."""

OTHER_OPERATOR: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}
ORDERED = (ast.Lt, ast.LtE, ast.Gt, ast.GtE)
OTHER_STATUS = {200: 201, 201: 200, 202: 200, 204: 200, 401: 403, 403: 401, 404: 400, 409: 400}
OTHER_STATUS |= {410: 404, 415: 400, 422: 400}
ANY_OTHER_STATUS = 418
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
ANSWERS = ("Exception", "Error", "Response")


def status_codes(node: ast.AST, parent: ast.AST) -> Iterator[ast.AST]:
    """404 becomes 400, `status.HTTP_201_CREATED` becomes 200."""
    code = _status_of(node, parent)
    if code is not None:
        yield ast.Constant(OTHER_STATUS.get(code, ANY_OTHER_STATUS))


def comparisons(node: ast.AST, _parent: ast.AST) -> Iterator[ast.AST]:
    """`<` becomes `<=`, `==` becomes `!=`: off by one, or the contrary."""
    if isinstance(node, ast.Compare):
        for place, operator in enumerate(node.ops):
            operators = list(node.ops)
            operators[place] = OTHER_OPERATOR[type(operator)]()
            yield _changed(node, ops=operators)


def conditions(node: ast.AST, _parent: ast.AST) -> Iterator[ast.AST]:
    """`if x` becomes `if not x`; where a changed comparison says the same, nothing."""
    if isinstance(node, ast.If | ast.While | ast.IfExp):
        for test in _contraries(node.test):
            yield _changed(node, test=test)
    elif isinstance(node, ast.comprehension):
        for place, condition in enumerate(node.ifs):
            for test in _contraries(condition):
                yield _changed(node, ifs=[*node.ifs[:place], test, *node.ifs[place + 1 :]])


def raises(node: ast.AST, _parent: ast.AST) -> Iterator[ast.AST]:
    """A `raise` is left out."""
    if isinstance(node, ast.Raise):
        yield ast.Pass()


def awaits(node: ast.AST, _parent: ast.AST) -> Iterator[ast.AST]:
    """An `await` is forgotten."""
    if isinstance(node, ast.Await):
        yield node.value


def statements(node: ast.AST, _parent: ast.AST) -> Iterator[ast.AST]:
    """What is done for its effect is left out: `rows.append(row)`, `count += 1`, `del rows[id]`."""
    if isinstance(node, ast.Expr):
        if _has_effect(node.value):
            yield ast.Pass()
    elif isinstance(node, ast.AugAssign | ast.Delete) or (
        isinstance(node, ast.Assign) and not any(map(_is_name, node.targets))
    ):
        yield ast.Pass()


def constants(node: ast.AST, parent: ast.AST) -> Iterator[ast.AST]:
    """A number is one off, in both directions where it is an argument; a text has a letter more."""
    if not isinstance(node, ast.Constant) or _status_of(node, parent) is not None:
        return
    value = node.value
    if isinstance(value, int | float) and not isinstance(value, bool):
        yield ast.Constant(value + 1)
        if isinstance(parent, ast.keyword):
            yield ast.Constant(value - 1)
    elif isinstance(value, str):
        yield ast.Constant(value + "x")
    elif isinstance(value, bytes):
        yield ast.Constant(value + b"x")


def truths(node: ast.AST, _parent: ast.AST) -> Iterator[ast.AST]:
    """`True` becomes `False`, and the other way round."""
    if isinstance(node, ast.Constant) and isinstance(node.value, bool):
        yield ast.Constant(not node.value)


def connections(node: ast.AST, _parent: ast.AST) -> Iterator[ast.AST]:
    """`and` becomes `or`, and the other way round."""
    if isinstance(node, ast.BoolOp):
        yield _changed(node, op=ast.Or() if isinstance(node.op, ast.And) else ast.And())


def sums(node: ast.AST, _parent: ast.AST) -> Iterator[ast.AST]:
    """`+` becomes `-`, and the other way round."""
    if isinstance(node, ast.BinOp | ast.AugAssign) and isinstance(node.op, ast.Add | ast.Sub):
        yield _changed(node, op=ast.Sub() if isinstance(node.op, ast.Add) else ast.Add())


def left_out_arguments(node: ast.AST, _parent: ast.AST) -> Iterator[ast.AST]:
    """`@app.post("/", status_code=201)` loses its `status_code`, `Query(10, ge=1)` its `ge`."""
    if isinstance(node, ast.Call | ast.ClassDef):
        for place, keyword in enumerate(node.keywords):
            if keyword.arg is not None and keyword.arg not in DOCUMENTATION:
                yield _changed(node, keywords=_without(node.keywords, place))


def swaps(node: ast.AST, parent: ast.AST) -> Iterator[ast.AST]:
    """Two neighbours change places: positional arguments, named ones, values of a dictionary.

    Those of a decorator stay: `@field_validator("title", "done")` means the same either way.
    """
    if isinstance(node, ast.Dict):
        for place in range(len(node.values) - 1):
            if None not in node.keys[place : place + 2]:
                yield _changed(node, values=_swapped(node.values, place))
    elif isinstance(node, ast.Call):
        has_starred = any(isinstance(each, ast.Starred) for each in node.args[:2])
        if len(node.args) > 1 and not has_starred and not isinstance(parent, FUNCTIONS):
            yield _changed(node, args=_swapped(node.args, 0))
        for place in range(len(node.keywords) - 1):
            pair = node.keywords[place : place + 2]
            if not {None, *DOCUMENTATION} & {keyword.arg for keyword in pair}:
                yield _changed(node, keywords=_with_swapped_names(node.keywords, place))


KINDS: dict[str, Mutator] = {
    "status code": status_codes,
    "comparison": comparisons,
    "condition": conditions,
    "raise left out": raises,
    "await left out": awaits,
    "statement left out": statements,
    "constant": constants,
    "true and false": truths,
    "and and or": connections,
    "plus and minus": sums,
    "argument left out": left_out_arguments,
    "swap": swaps,
}
DOCUMENTATION = frozenset(
    {
        "title",
        "description",
        "summary",
        "tags",
        "operation_id",
        "responses",
        "response_description",
        "deprecated",
        "include_in_schema",
        "docs_url",
        "redoc_url",
        "openapi_url",
        "openapi_tags",
        "examples",
        "contact",
    }
)
"""Named arguments that only change the documentation of an app."""


def _status_of(node: ast.AST, parent: ast.AST) -> int | None:
    """The HTTP status that a node stands for, if it does."""
    if isinstance(node, ast.Attribute):
        return _named_status(node)
    if not isinstance(node, ast.Constant) or type(node.value) is not int:
        return None
    is_code = node.value in set(HTTPStatus)
    if isinstance(parent, ast.keyword):
        return node.value if parent.arg == "status_code" and is_code else None
    answers = isinstance(parent, ast.Call) and _name(parent.func).endswith(ANSWERS)
    return node.value if answers and is_code else None


def _named_status(node: ast.Attribute) -> int | None:
    """`status.HTTP_404_NOT_FOUND` and `HTTPStatus.NOT_FOUND`."""
    if node.attr.startswith("HTTP_") and node.attr[5:8].isdigit():
        return int(node.attr[5:8])
    if _name(node.value) == "HTTPStatus" and node.attr in HTTPStatus.__members__:
        return HTTPStatus[node.attr].value
    return None


def _has_effect(value: ast.expr) -> bool:
    """A call whose result nobody takes."""
    return isinstance(value.value if isinstance(value, ast.Await) else value, ast.Call)


def _is_name(target: ast.expr) -> bool:
    """Without a value for a name nothing works, which says nothing about a suite."""
    return not isinstance(target, ast.Attribute | ast.Subscript)


def _contraries(test: ast.expr) -> Iterator[ast.expr]:
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        yield test.operand
    elif not isinstance(test, ast.Compare) or isinstance(test.ops[0], ORDERED):
        yield ast.UnaryOp(ast.Not(), test)


def _name(node: ast.AST) -> str:
    """`HTTPException` of `fastapi.HTTPException`."""
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def _changed(node: ast.AST, **fields: Any) -> ast.AST:
    other = copy.copy(node)
    for name, value in fields.items():
        setattr(other, name, value)
    return other


def _without(items: list[ast.keyword], place: int) -> list[ast.keyword]:
    return [*items[:place], *items[place + 1 :]]


def _swapped(items: list[ast.expr], place: int) -> list[ast.expr]:
    return [*items[:place], items[place + 1], items[place], *items[place + 2 :]]


def _with_swapped_names(items: list[ast.keyword], place: int) -> list[ast.keyword]:
    first, second = items[place], items[place + 1]
    pair = [ast.keyword(first.arg, second.value), ast.keyword(second.arg, first.value)]
    return [*items[:place], *pair, *items[place + 2 :]]
