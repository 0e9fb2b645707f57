"""What an app says of itself: read as far as it makes sense, whatever else is in it."""

from __future__ import annotations

from typing import Any

import pytest

from graders import api_reference
from graders.api_reference import MAX_TEXT, MOST_OPERATIONS, Reference
from graders.api_shapes import Shapes


def document(**paths: Any) -> dict[str, Any]:
    """An OpenAPI document with these operations of `/`."""
    return {"openapi": "3.1.0", "info": {"title": "T", "version": "1"}, "paths": {"/": paths}}


def read(said: Any) -> Reference:
    """The reference, which is there."""
    reference = api_reference.read(said)
    assert reference is not None
    return Reference.model_validate_json(reference.model_dump_json())


@pytest.mark.parametrize("said", [None, 7, "x", [], {}, {"openapi": 3}, {"paths": {}}])
def test_what_is_no_document_is_nothing_or_empty(said: Any) -> None:
    reference = api_reference.read(said)
    assert reference is None or reference.operations == []


def test_parts_of_the_wrong_kind_count_as_missing() -> None:
    said = document(
        get={"summary": 7, "parameters": [None, {"name": [], "schema": "x"}], "responses": []},
        post={"requestBody": "x", "responses": {"200": None, "x": {"content": {"a/b": 3}}}},
        put="x",
    )
    operations = read(said).operations
    assert [each.method for each in operations] == ["GET", "POST"]
    assert read({**said, "info": [], "components": 3, "paths": []}).operations == []


def test_a_schema_is_told_in_lines_and_as_an_example() -> None:
    book = {
        "properties": {
            "title": {"type": "string", "maxLength": 80},
            "tags": {"type": "array", "items": {"$ref": "#/components/schemas/Tag"}},
            "price": {"anyOf": [{"type": "number"}, {"type": "null"}]},
        },
        "required": ["title"],
    }
    shapes = Shapes({"Book": book, "Tag": {"enum": ["red", "blue"]}})
    assert shapes.lines({"$ref": "#/components/schemas/Book"}) == [
        "{",
        "  title: string (at most 80 characters)",
        '  tags?: ["red" | "blue"]',
        "  price?: number | null",
        "}",
    ]
    example = '{\n  "title": "text",\n  "tags": [\n    "red"\n  ],\n  "price": 1.5\n}'
    assert shapes.example({"$ref": "#/components/schemas/Book"}) == example


def test_a_schema_that_refers_to_itself_ends() -> None:
    node = {"properties": {"next": {"$ref": "#/x/Node"}, "all": {"items": {"$ref": "#/x/Node"}}}}
    loop = {"$ref": "#/x/Loop"}
    shapes = Shapes({"Node": node, "Loop": loop})
    assert "…" in "\n".join(shapes.lines({"$ref": "#/x/Node"}))
    assert shapes.lines(loop) == ["…"]
    assert shapes.example(loop) == "null"


def test_a_bomb_of_references_is_cut() -> None:
    bomb = {
        f"S{n}": {"properties": {f"p{m}": {"$ref": f"#/x/S{n + 1}"} for m in range(50)}}
        for n in range(50)
    }
    content = {"application/json": {"schema": {"$ref": "#/x/S0"}}}
    said = document(post={"requestBody": {"content": content}})
    (operation,) = read(said | {"components": {"schemas": bomb}}).operations
    assert operation.body is not None
    assert len(operation.body.shape) <= api_reference.MAX_SHAPE


def test_long_texts_and_many_operations_are_cut_and_said() -> None:
    said = {"openapi": "3", "info": {"title": "x" * 9999, "description": "y" * 9999}}
    said["paths"] = {f"/{n}": {"get": {"summary": "\x1b[31m\u202e"}} for n in range(1000)}
    reference = read(said)
    assert len(reference.title) <= 200
    assert len(reference.text) == MAX_TEXT
    assert len(reference.operations) == MOST_OPERATIONS
    assert reference.left_out == 1000 - MOST_OPERATIONS
    assert "\x1b" not in reference.operations[0].title
