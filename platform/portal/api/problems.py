"""Errors of the API as RFC 9457 problem documents."""

from __future__ import annotations

from fastapi.responses import JSONResponse
from pydantic import BaseModel

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
