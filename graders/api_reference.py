"""What an app says of itself in `/openapi.json`: read with suspicion, cut, and made of plain text.

Everything in it comes from the app. No part of it is an address, markup or a program.
"""

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from graders.api_shapes import Shapes, constraints
from graders.evidence import one_line, visible

METHODS = ("get", "post", "put", "patch", "delete", "head", "options", "trace")
MOST_OPERATIONS = 60
MOST_PARAMETERS = 20
MOST_RESPONSES = 12
MAX_WORDS = 200
MAX_TEXT = 1000
MAX_SHAPE = 3000

Words = Annotated[str, Field(max_length=MAX_WORDS)]
Text = Annotated[str, Field(max_length=MAX_TEXT)]
Shape = Annotated[str, Field(max_length=MAX_SHAPE)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Parameter(_Part):
    """One value in path, query, headers or cookies; `kind` is its type with its bounds."""

    name: Words
    place: Words
    required: bool
    kind: Words
    text: Text


class Content(_Part):
    """A body: its media type, its shape in lines, and an example if it is JSON."""

    media: Words
    shape: Shape
    example: Shape


class Response(_Part):
    """What may come back."""

    status: Words
    text: Text
    content: Content | None


class Operation(_Part):
    """One method of one path."""

    method: Words
    path: Words
    title: Words
    text: Text
    deprecated: bool
    parameters: list[Parameter] = Field(max_length=MOST_PARAMETERS)
    body: Content | None
    responses: list[Response] = Field(max_length=MOST_RESPONSES)


class Reference(_Part):
    """The whole API; `left_out` operations are beyond the limit."""

    title: Words
    version: Words
    text: Text
    operations: list[Operation] = Field(max_length=MOST_OPERATIONS)
    left_out: int


def read(document: Any) -> Reference | None:
    """What of an OpenAPI document can be shown; nothing if it is none."""
    paths = _mapping(_mapping(document).get("paths"))
    if not isinstance(document, dict) or "openapi" not in document:
        return None
    about = _mapping(document.get("info"))
    found = list(_operations(paths))
    shapes = Shapes(_mapping(_mapping(document.get("components")).get("schemas")))
    return Reference(
        title=words(about.get("title")),
        version=words(about.get("version")),
        text=_text(about.get("description")),
        operations=[_operation(shapes, *each) for each in found[:MOST_OPERATIONS]],
        left_out=max(0, len(found) - MOST_OPERATIONS),
    )


def _operations(paths: Mapping[str, Any]) -> Iterator[tuple[str, str, Mapping[str, Any], Any]]:
    for path, item in paths.items():
        methods = _mapping(item)
        for method in METHODS:
            if isinstance(methods.get(method), dict):
                yield method, path, methods[method], methods.get("parameters")


def _operation(
    shapes: Shapes, method: str, path: str, said: Mapping[str, Any], shared: Any
) -> Operation:
    parameters = [*_list(shared), *_list(said.get("parameters"))]
    responses = _mapping(said.get("responses")).items()
    return Operation(
        method=method.upper(),
        path=words(path),
        title=words(said.get("summary")),
        text=_text(said.get("description")),
        deprecated=said.get("deprecated") is True,
        parameters=[
            _parameter(shapes, _mapping(each)) for each in islice(parameters, MOST_PARAMETERS)
        ],
        body=_content(shapes, _mapping(said.get("requestBody")).get("content")),
        responses=[
            Response(
                status=words(status),
                text=_text(_mapping(each).get("description")),
                content=_content(shapes, _mapping(each).get("content")),
            )
            for status, each in islice(responses, MOST_RESPONSES)
        ],
    )


def _parameter(shapes: Shapes, said: Mapping[str, Any]) -> Parameter:
    schema = _mapping(said.get("schema"))
    return Parameter(
        name=words(said.get("name")),
        place=words(said.get("in")),
        required=said.get("required") is True,
        kind=words(" ".join(shapes.lines(schema)) + constraints(schema, with_default=True)),
        text=_text(said.get("description") or schema.get("description")),
    )


def _content(shapes: Shapes, said: Any) -> Content | None:
    content = _mapping(said)
    for media, item in content.items():
        schema = _mapping(item).get("schema")
        is_json = "json" in str(media)
        return Content(
            media=words(media),
            shape=_cut("\n".join(shapes.lines(schema)), MAX_SHAPE),
            example=_cut(shapes.example(schema), MAX_SHAPE) if is_json else "",
        )
    return None


def words(value: Any) -> str:
    """A short text on one line."""
    return one_line(value, MAX_WORDS) if isinstance(value, str) else ""


def _text(value: Any) -> str:
    return _cut(visible(value), MAX_TEXT) if isinstance(value, str) else ""


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1] + "…"


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
