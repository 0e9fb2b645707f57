"""A JSON schema as a few lines that somebody reads, and as an example to begin with.

Schemas are an app's own words: they may be wrong, endless or refer to themselves.
"""

import json
from collections.abc import Mapping
from typing import Any

from graders.evidence import one_line

MOST_NODES = 150
"""Parts of one schema that are looked at; what is beyond them is told as dots."""
MAX_DEPTH = 6
MAX_WORD = 80
DOTS = "…"
BOUNDS = {
    "minimum": "≥ {}",
    "exclusiveMinimum": "> {}",
    "maximum": "≤ {}",
    "exclusiveMaximum": "< {}",
    "minLength": "at least {} characters",
    "maxLength": "at most {} characters",
    "minItems": "at least {} items",
    "maxItems": "at most {} items",
    "pattern": "like {}",
}
PLAIN: dict[str, Any] = {"string": "text", "integer": 1, "number": 1.5, "boolean": True}
FORMATS = {
    "date": "2026-01-31",
    "date-time": "2026-01-31T12:00:00Z",
    "email": "ada@example.org",
    "uuid": "5b6f3c1e-8a0c-4a49-9a53-6f6c0c1f7f2e",
    "uri": "https://example.org",
}


class Shapes:
    """The schemas of one document, looked up by name."""

    def __init__(self, named: Mapping[str, Any]) -> None:
        self._named = named
        self._left = 0

    def lines(self, schema: Any) -> list[str]:
        """The shape in lines: a type, or an object with its keys."""
        self._left = MOST_NODES
        return self._lines(schema, 0)

    def example(self, schema: Any) -> str:
        """A value of this shape as JSON, to begin with; it need not be valid."""
        self._left = MOST_NODES
        return json.dumps(self._value(schema, 0), indent=2, ensure_ascii=False)

    def _found(self, schema: Any) -> Mapping[str, Any] | None:
        """What is meant, behind references; nothing when there has been enough."""
        for _hop in range(MAX_DEPTH):
            self._left -= 1
            if self._left < 0 or not isinstance(schema, dict):
                return None
            if not isinstance(schema.get("$ref"), str):
                return schema
            schema = self._named.get(schema["$ref"].rpartition("/")[2])
        return None

    def _lines(self, schema: Any, depth: int) -> list[str]:
        found = self._found(schema)
        if found is None or depth > MAX_DEPTH:
            return [DOTS]
        mark, choices = _choices(found)
        if choices:
            return self._either(mark, choices, depth)
        if "enum" in found or "const" in found:
            values = found.get("enum", [found.get("const")])
            return [" | ".join(_json(value) for value in _items(values))]
        if isinstance(found.get("properties"), dict):
            return self._object(found, depth)
        if found.get("type") == "array":
            return _wrapped("[", self._lines(found.get("items", {}), depth + 1), "]")
        return [_type(found) + (f" ({found['format']})" if _is_word(found.get("format")) else "")]

    def _either(self, mark: str, choices: list[Any], depth: int) -> list[str]:
        told = [self._lines(each, depth + 1) for each in choices]
        if all(len(each) == 1 for each in told):
            return [f" {mark} ".join(each[0] for each in told)]
        lines = told[0]
        for each in told[1:]:
            lines = [*lines[:-1], f"{lines[-1]} {mark}", *each]
        return lines

    def _object(self, found: Mapping[str, Any], depth: int) -> list[str]:
        required = _items(found.get("required"))
        lines = ["{"]
        for name, part in found["properties"].items():
            if self._left <= 0:
                lines.append(f"  {DOTS}")
                break
            first, *rest = self._lines(part, depth + 1)
            mark = "" if name in required else "?"
            lines += [f"  {_word(name)}{mark}: {first}", *(f"  {line}" for line in rest)]
            lines[-1] += constraints(part)
        return [*lines, "}"]

    def _value(self, schema: Any, depth: int) -> Any:
        found = self._found(schema)
        if found is None or depth > MAX_DEPTH:
            return None
        for given in ("example", "default", "const"):
            if given in found:
                return found[given]
        for several in ("examples", "enum"):
            if _items(found.get(several)):
                return found[several][0]
        if choices := _choices(found)[1]:
            return self._value(choices[0], depth + 1)
        if isinstance(found.get("properties"), dict):
            return {name: self._value(p, depth + 1) for name, p in found["properties"].items()}
        if found.get("type") == "array":
            return [self._value(found.get("items", {}), depth + 1)]
        if found.get("type") == "string" and _is_word(found.get("format")):
            return FORMATS.get(found["format"], PLAIN["string"])
        return {} if found.get("type") == "object" else PLAIN.get(str(found.get("type")))


def constraints(schema: Any, *, with_default: bool = False) -> str:
    """The bounds of a value in words, in brackets; empty if there are none."""
    if not isinstance(schema, dict):
        return ""
    told = [text.format(_json(schema[name])) for name, text in BOUNDS.items() if name in schema]
    if with_default and schema.get("default") is not None:
        told.append(f"{_json(schema['default'])} if not given")
    return f" ({', '.join(told)})" if told else ""


def _choices(found: Mapping[str, Any]) -> tuple[str, list[Any]]:
    for name, mark in (("anyOf", "|"), ("oneOf", "|"), ("allOf", "&")):
        if _items(found.get(name)):
            return mark, _items(found[name])
    return "", []


def _wrapped(before: str, lines: list[str], after: str) -> list[str]:
    if len(lines) == 1:
        return [before + lines[0] + after]
    return [before + lines[0], *lines[1:-1], lines[-1] + after]


def _type(found: Mapping[str, Any]) -> str:
    kind = found.get("type")
    if isinstance(kind, list):
        return " | ".join(_word(each) for each in kind[:MAX_DEPTH])
    return _word(kind) if kind else "any"


def _items(value: Any) -> list[Any]:
    return value[:MOST_NODES] if isinstance(value, list) else []


def _is_word(value: Any) -> bool:
    return isinstance(value, str)


def _word(value: Any) -> str:
    return one_line(str(value), MAX_WORD)


def _json(value: Any) -> str:
    return one_line(json.dumps(value, ensure_ascii=False), MAX_WORD)
