"""Turns every error into an answer: a page for people, a problem document under /api/."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlencode, urlsplit

from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import RedirectResponse
from starlette.exceptions import HTTPException

from portal.api.problems import problem
from portal.errors import (
    BadInput,
    BodyTooLarge,
    Crash,
    FieldError,
    HttpError,
    NotFound,
    PortalError,
    SignInNeeded,
)
from portal.paths import is_api, safe_next
from portal.render import page

logger = logging.getLogger(__name__)


def answer(request: Request, error: PortalError) -> Response:
    """The one place that decides how an error looks."""
    if is_api(request.url.path):
        return problem(error)
    if isinstance(error, SignInNeeded):
        return _to_sign_in(request)
    return page(
        request,
        "layout/error.html",
        status_code=error.status,
        headers=error.headers,
        status=error.status,
        title=error.title,
        detail=error.detail,
        reference=error.reference,
        way_out=error.way_out,
    )


def _http_error(request: Request, error: HTTPException) -> Response:
    if error.status_code == 413:
        return answer(request, BodyTooLarge(request.app.state.settings.max_body_bytes))
    return answer(request, HttpError(error.status_code, error.detail, error.headers))


NOT_OUR_FORM = (
    "This did not arrive as the page sends it, and nothing was changed. Go back, reload the page and "
    "try again."
)


def _invalid_request(request: Request, error: RequestValidationError) -> Response:
    mistakes = error.errors()
    # A malformed id in the address is an address where nothing is.
    if any(mistake["loc"][0] == "path" for mistake in mistakes):
        return answer(request, NotFound())
    if not is_api(request.url.path):
        # What people type is looked at in words of ours: this page was changed, or is an old one.
        return answer(request, BadInput(NOT_OUR_FORM))
    # Only place and reason: the value itself may be a password.
    fields = tuple(
        FieldError(".".join(str(part) for part in mistake["loc"]), mistake["msg"])
        for mistake in mistakes
    )
    told = "; ".join(f"{field.field}: {field.message}" for field in fields)
    return answer(request, BadInput(f"Please correct what was sent. {told}.", fields))


def _crash(request: Request, error: Exception) -> Response:
    reference = secrets.token_hex(4)
    logger.error(
        "Reference %s: %s %s failed", reference, request.method, request.url.path, exc_info=error
    )
    request.state.person = None  # the database may be what failed, so do not ask it who this is
    return answer(request, Crash(reference))


def _to_sign_in(request: Request) -> Response:
    target = f"/sign-in?{urlencode({'next': _page_to_return_to(request)})}"
    if request.headers.get("HX-Request") == "true":
        # A redirect would be followed by the script and land inside the page.
        return Response(status_code=401, headers={"HX-Redirect": target})
    return RedirectResponse(target, status_code=303)


def _page_to_return_to(request: Request) -> str:
    """The page a person was on: an action or a partial is no place to come back to."""
    if request.method == "GET" and "HX-Request" not in request.headers:
        return safe_next(request.url.path + (f"?{request.url.query}" if request.url.query else ""))
    came_from = request.headers.get("HX-Current-URL") or request.headers.get("Referer") or ""
    return safe_next(urlsplit(came_from).path)


# What FastAPI is given; it picks the most specific class.
ANSWERS: dict[Any, Callable[[Request, Any], Response | Awaitable[Response]]] = {
    PortalError: answer,
    HTTPException: _http_error,
    RequestValidationError: _invalid_request,
    Exception: _crash,
}
