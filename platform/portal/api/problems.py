"""Errors of the API as RFC 9457 problem documents."""

from __future__ import annotations

from typing import Any

from fastapi.responses import JSONResponse
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from portal.errors import PortalError


class InvalidField(BaseModel):
    """One wrong value: where it is and what is wrong with it."""

    field: str
    message: str


class Problem(BaseModel):
    """What every error of the API looks like."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    errors: list[InvalidField] | None = None
    reference: str | None = None


class ProblemResponse(JSONResponse):
    media_type = "application/problem+json"


REFUSALS = {
    "4XX": "What you sent cannot be done; `detail` says why and what to do.",
    "5XX": "Our mistake; `reference` finds it in our log.",
}
# What the framework would say by itself, and never does here.
FRAMEWORKS_OWN = ("HTTPValidationError", "ValidationError")


def problem(error: PortalError) -> ProblemResponse:
    """This error as a problem document."""
    document = Problem(
        title=error.title,
        status=error.status,
        detail=error.detail,
        errors=[InvalidField(field=f.field, message=f.message) for f in error.fields] or None,
        reference=error.reference,
    )
    return ProblemResponse(
        document.model_dump(exclude_none=True), error.status, dict(error.headers)
    )


def describe_problems(document: dict[str, Any]) -> None:
    """Say in an OpenAPI document that every operation answers mistakes with a problem."""
    schemas = document["components"]["schemas"]
    for name in FRAMEWORKS_OWN:
        schemas.pop(name, None)
    place = "#/components/schemas/{model}"
    _references, made = models_json_schema([(Problem, "serialization")], ref_template=place)
    schemas |= made["$defs"]
    content = {ProblemResponse.media_type: {"schema": {"$ref": place.format(model="Problem")}}}
    refusals = {code: {"description": d, "content": content} for code, d in REFUSALS.items()}
    for operations in document["paths"].values():
        for operation in operations.values():
            operation["responses"].pop("422", None)
            operation["responses"] |= refusals
