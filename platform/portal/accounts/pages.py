"""Signing in and out."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Query, Request, Response
from fastapi.responses import RedirectResponse

from portal.accounts import service
from portal.accounts.arrival import end_session, signed_in
from portal.accounts.cookie import remove_cookie
from portal.accounts.identity import OptionalPerson
from portal.accounts.password_check import PasswordSlot, check_password
from portal.database import RequestSession, WritingSession
from portal.errors import PortalError, TooManyTries, WrongPassword
from portal.paths import HOME, safe_next
from portal.render import page
from portal.settings import Settings

router = APIRouter(include_in_schema=False)


@router.get("/sign-in", name="accounts:sign_in")
def sign_in(
    request: Request,
    person: OptionalPerson,
    next_path: Annotated[str, Query(alias="next")] = HOME,
) -> Response:
    if person is not None:
        return RedirectResponse(safe_next(next_path), status_code=303)
    return sign_in_page(request, next_path)


@router.post("/sign-in", name="accounts:check_sign_in")
def check_sign_in(
    request: Request,
    session: RequestSession,
    slot: PasswordSlot,
    email: Annotated[str, Form()] = "",
    password: Annotated[str, Form()] = "",
    next_path: Annotated[str, Form(alias="next")] = HOME,
) -> Response:
    try:
        person_id = check_password(request, email, password)
    except (WrongPassword, TooManyTries) as error:
        return sign_in_page(request, next_path, email, error)
    return signed_in(request, session, person_id, safe_next(next_path))


@router.post("/sign-out", name="accounts:sign_out")
def sign_out(request: Request, session: RequestSession) -> Response:
    end_session(request, session)
    response = RedirectResponse("/sign-in", status_code=303)
    remove_cookie(response, request.app.state.settings)
    return response


@router.get("/link/{token}", name="accounts:link")
def link(request: Request, session: WritingSession, token: str) -> Response:
    person = service.follow_sign_in_link(session, token)
    return signed_in(request, session, person.id, HOME)


def sign_in_page(
    request: Request, next_path: str, email: str = "", error: PortalError | None = None
) -> Response:
    """The page, with what went wrong if something did."""
    settings: Settings = request.app.state.settings
    return page(
        request,
        "accounts/sign_in.html",
        status_code=error.status if error else 200,
        headers=error.headers if error else None,
        email=email,
        error=error.detail if error else None,
        next=safe_next(next_path),
        provider=settings.oidc_name if request.app.state.provider else None,
        takes_registrations=settings.takes_registrations,
        is_local=settings.is_loopback_only and settings.base_url is None,
    )
