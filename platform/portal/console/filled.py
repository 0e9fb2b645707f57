"""What the form is filled with: a request of before, an operation of the app, or a first idea."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from graders.api_reference import Operation, Reference
from portal.models import ConsoleRequest

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS")
JSON_HEADER = "Content-Type: application/json"
IN_PATH = re.compile(r"\{([^{}]+)\}")


@dataclass(frozen=True)
class FormView:
    """The fields of the form, as text."""

    method: str
    target: str
    headers: str
    body: str


@dataclass(frozen=True)
class OperationView:
    """A line of the list of what the app offers."""

    place: int
    method: str
    path: str
    title: str


EMPTY = FormView("GET", "/", "", "")


def reference_of(stored: dict[str, Any] | None) -> Reference | None:
    """The reference as it was stored; what does not fit it any more counts as none."""
    return None if stored is None else Reference.model_validate(stored)


def operations_of(stored: dict[str, Any] | None) -> list[OperationView]:
    """The app's operations in its own order."""
    reference = reference_of(stored)
    if reference is None:
        return []
    return [
        OperationView(place, each.method, each.path, each.title)
        for place, each in enumerate(reference.operations)
    ]


def by_request(row: ConsoleRequest) -> FormView:
    """The same request once more."""
    headers = "\n".join(f"{name}: {value}" for name, value in row.headers)
    return FormView(row.method, row.target, headers, row.body)


def by_operation(operation: Operation) -> FormView:
    """A request that this operation might like, to be changed by hand."""
    kinds = {each.name: each.kind for each in operation.parameters}
    path = IN_PATH.sub(lambda found: _sample(found[1], kinds.get(found[1], "")), operation.path)
    query = "&".join(
        f"{each.name}={_sample(each.name, each.kind)}"
        for each in operation.parameters
        if each.place == "query" and each.required
    )
    headers = [
        f"{each.name}: {_sample(each.name, each.kind)}"
        for each in operation.parameters
        if each.place == "header" and each.required
    ]
    body = operation.body
    if body and body.example:
        headers.append(f"Content-Type: {body.media}")
    return FormView(
        method=operation.method,
        target=f"{path}?{query}" if query else path,
        headers="\n".join(headers),
        body=body.example if body else "",
    )


def _sample(name: str, kind: str) -> str:
    return "1" if kind.startswith(("integer", "number")) else name.partition(":")[0]
