"""Remarks on what routes say about their parameters and answers."""

import ast
from collections.abc import Iterator

from graders.analyser.remark import Advice, Finding, Weight
from graders.analyser.source import Function, Source, keyword, last_name, own_nodes, parameters

RESPONSE_PAGE = "https://fastapi.tiangolo.com/tutorial/response-model/"
RESPONSE_TITLE = "FastAPI: Response model"

UNFILTERED = Advice(
    "unfiltered-response",
    Weight.INFORMATIVE,
    "`response_model` only documents here",
    "What is returned as a `Response` goes out as it is: FastAPI neither checks it nor leaves a "
    "field out. Return the data and let the model shape it, unless you want exactly that.",
    "https://fastapi.tiangolo.com/advanced/response-directly/",
    "FastAPI: Return a response directly",
)
SAID_TWICE = Advice(
    "said-twice",
    Weight.INFORMATIVE,
    "`response_model` repeats the annotation",
    "FastAPI reads the type after `->` by itself. Said once, the two can never disagree; keep "
    "`response_model` for when the function returns something else than what goes out.",
    RESPONSE_PAGE,
    RESPONSE_TITLE,
    '@app.get("/items")\ndef list_items() -> list[Item]:',
)
UNSAID = Advice(
    "unsaid-answer",
    Weight.INFORMATIVE,
    "What comes back is not said",
    "With a type after `->`, FastAPI checks the answer, leaves out what is not in the model, and "
    "shows it in the documentation. Without one, a field that is added later goes out unseen.",
    RESPONSE_PAGE,
    RESPONSE_TITLE,
    '@app.get("/items/{item_id}")\ndef show(item_id: int) -> Item:',
)
NOT_ANNOTATED = Advice(
    "not-annotated",
    Weight.INFORMATIVE,
    "`Annotated` is the newer way",
    "As a default value, `Depends(…)` or `Query(…)` takes the place of the real default, so the "
    "function behaves differently when you call it yourself. In `Annotated` the default stays a "
    "default, and the whole type can have a name.",
    "https://fastapi.tiangolo.com/tutorial/dependencies/#share-annotated-dependencies",
    "FastAPI: Share Annotated dependencies",
    "limit: Annotated[int, Query(le=50)] = 10\nuser: Annotated[User, Depends(current_user)]",
)
BODY_BY_HAND = Advice(
    "body-by-hand",
    Weight.INFORMATIVE,
    "The body is read by hand",
    "A model as a parameter reads the JSON, checks it, answers 422 with every mistake at once, "
    "and describes the body in the documentation. By hand, each of these is yours to keep right.",
    "https://fastapi.tiangolo.com/tutorial/body/",
    "FastAPI: Request body",
    "def create(item: NewItem) -> Item:",
)
UNTYPED_BODY = Advice(
    "untyped-body",
    Weight.ACTIONABLE,
    "Any JSON object is let in",
    "`{subject}: dict` accepts every key and every type, so each later line has to doubt it. A "
    "model checks it once at the door, and tells clients in the documentation what to send.",
    "https://fastapi.tiangolo.com/tutorial/body/",
    "FastAPI: Request body",
    "class NewItem(BaseModel):\n    name: str\n    quantity: int = Field(ge=1)",
)
FLOAT_MONEY = Advice(
    "float-money",
    Weight.ACTIONABLE,
    "Money as a `float`",
    "`0.1 + 0.2` is not `0.3` in binary fractions, and sums of `{subject}` drift by cents. "
    "`Decimal`, or whole cents as an `int`, are exact.",
    "https://docs.python.org/3/library/decimal.html",
    "Python: decimal",
    "price: Decimal = Field(ge=0, decimal_places=2)",
)
LINTED = {"FAST001": SAID_TWICE, "FAST002": NOT_ANNOTATED}
MONEY = frozenset({"price", "amount", "total", "cost", "balance", "unit_price", "subtotal", "fee"})
BODY_METHODS = frozenset({"post", "put", "patch"})
DICTS = frozenset({"dict", "typing.Dict"})
ANYTHING = frozenset({"typing.Any", "object"})


def look(source: Source) -> Iterator[Finding]:
    """Routes and models, one by one."""
    for route, decorator in source.routes.items():
        yield from _answer(source, route, decorator)
        yield from _body(source, route, decorator)
    for node in source.nodes:
        if isinstance(node, ast.ClassDef) and node.name in source.models:
            yield from _money(source, node)


def _answer(source: Source, route: Function, decorator: ast.Call) -> Iterator[Finding]:
    model = keyword(decorator, "response_model")
    said = {name.rpartition(".")[2] for name in source.annotation_names(route.returns)}
    plain = isinstance(route.returns, ast.Name | ast.Attribute)
    shapes = model is not None and not (isinstance(model, ast.Constant) and model.value is None)
    if shapes and plain and any(name.endswith("Response") for name in said):
        yield Finding(UNFILTERED, source.name, route.lineno)
    named = [each.arg for each in decorator.keywords]
    silent = route.returns is None and not {"response_model", "response_class"} & set(named)
    if silent and source.models and not _is_empty(decorator) and _returns_data(source, route):
        yield Finding(UNSAID, source.name, route.lineno)


def _is_empty(decorator: ast.Call) -> bool:
    status = keyword(decorator, "status_code")
    return isinstance(status, ast.Constant) and status.value in (204, 304)


def _returns_data(source: Source, route: Function) -> bool:
    values = [n.value for n in own_nodes(route) if isinstance(n, ast.Return) and n.value]
    return bool(values) and not any(
        isinstance(value, ast.Call) and source.dotted(value.func).endswith("Response")
        for value in values
    )


def _body(source: Source, route: Function, decorator: ast.Call) -> Iterator[Finding]:
    method = decorator.func.attr if isinstance(decorator.func, ast.Attribute) else ""
    if method not in BODY_METHODS:
        return
    requests = {
        each.arg
        for each in parameters(route)
        if {"fastapi.Request", "starlette.requests.Request"}
        & source.annotation_names(each.annotation)
    }
    for each in parameters(route):
        if _takes_anything(source, each.annotation):
            yield Finding(UNTYPED_BODY, source.name, each.lineno, each.arg)
    for node in own_nodes(route):
        if isinstance(node, ast.Call):
            owner, _, read = source.dotted(node.func).rpartition(".")
            if owner in requests and read in ("json", "body"):
                yield Finding(BODY_BY_HAND, source.name, node.lineno)


def _takes_anything(source: Source, annotation: ast.expr | None) -> bool:
    """`dict`, or a `dict` whose values may be anything."""
    if isinstance(annotation, ast.Subscript):
        inside = {source.dotted(node) for node in ast.walk(annotation.slice)}
        return source.dotted(annotation.value) in DICTS and bool(inside & ANYTHING)
    return annotation is not None and source.dotted(annotation) in DICTS


def _money(source: Source, model: ast.ClassDef) -> Iterator[Finding]:
    for field in model.body:
        if not isinstance(field, ast.AnnAssign) or last_name(field.target) not in MONEY:
            continue
        if "float" in source.annotation_names(field.annotation):
            yield Finding(FLOAT_MONEY, source.name, field.lineno, last_name(field.target))
