"""Signing in and out."""

from __future__ import annotations

import uuid
from typing import Annotated

from fastapi import APIRouter, Form, Query, Request, Response
from fastapi.responses import RedirectResponse
from sqlalchemy.orm import Session

from portal.accounts import service
from portal.accounts.cookie import read_cookie, remove_cookie, set_cookie
from portal.accounts.identity import OptionalPerson
from portal.accounts.password_check import PasswordSlot, check_password
from portal.database import RequestSession, WritingSession
from portal.errors import PortalError, TooManyTries, WrongPassword
from portal.paths import HOME, safe_next
from portal.render import page

router = APIRouter(include_in_schema=False)


@router.get("/sign-in", name="accounts:sign_in")
def sign_in(
    request: Request,
    person: OptionalPerson,
    next_path: Annotated[str, Query(alias="next")] = HOME,
) -> Response:
    if person is not None:
        return RedirectResponse(safe_next(next_path), status_code=303)
    return _sign_in_page(request, next_path)


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
        return _sign_in_page(request, next_path, email, error)
    return _signed_in(request, session, person_id, safe_next(next_path))


@router.post("/sign-out", name="accounts:sign_out")
def sign_out(request: Request, session: RequestSession) -> Response:
    _end_session(request, session)
    response = RedirectResponse("/sign-in", status_code=303)
    remove_cookie(response, request.app.state.settings)
    return response


@router.get("/link/{token}", name="accounts:link")
def link(request: Request, session: WritingSession, token: str) -> Response:
    person = service.follow_sign_in_link(session, token)
    return _signed_in(request, session, person.id, HOME)


def _sign_in_page(
    request: Request, next_path: str, email: str = "", error: PortalError | None = None
) -> Response:
    return page(
        request,
        "accounts/sign_in.html",
        status_code=error.status if error else 200,
        headers=error.headers if error else None,
        email=email,
        error=error.detail if error else None,
        next=safe_next(next_path),
    )


def _signed_in(
    request: Request, session: Session, person_id: uuid.UUID, target: str
) -> RedirectResponse:
    settings = request.app.state.settings
    _end_session(request, session)
    token = service.start_browser_session(session, person_id, settings.session_hours)
    response = RedirectResponse(target, status_code=303)
    set_cookie(response, settings, token)
    return response


def _end_session(request: Request, session: Session) -> None:
    token = read_cookie(request)
    if token is not None:
        service.end_browser_session(session, token)
