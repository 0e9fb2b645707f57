"""Registering, and choosing a new password: an address first, then a link by mail, then a password.

No answer depends on whether an address has an account: that is looked up when the mail is written.
"""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse

from portal.accounts.arrival import signed_in
from portal.accounts.identity import OptionalPerson
from portal.accounts.joining import service
from portal.accounts.password_check import PasswordSlot
from portal.accounts.passwords import hash_password
from portal.accounts.service import normal_email, shown_name
from portal.accounts.throttle import Throttle
from portal.database import RequestSession, reading
from portal.errors import BadInput, NotAllowed, PortalError
from portal.mail.service import want
from portal.models import Purpose
from portal.paths import HOME
from portal.render import page

router = APIRouter(include_in_schema=False)

CLOSED = (
    "This site does not take registrations. Ask whoever runs it for an account; if you have one, "
    "sign in."
)


@router.get("/register", name="accounts:register")
def register(request: Request, person: OptionalPerson) -> Response:
    if person is not None:
        return RedirectResponse(HOME, status_code=303)
    _refuse_if_closed(request)
    return page(request, "accounts/joining/register.html", email="", error=None)


@router.post("/register", name="accounts:ask_to_register")
def ask_to_register(request: Request, email: Annotated[str, Form()] = "") -> Response:
    _refuse_if_closed(request)
    try:
        _ask_for_mail(request, "register", email)
    except PortalError as error:
        return _asked_wrongly(request, "accounts/joining/register.html", email, error)
    return _sent(request, email, "accounts:register")


@router.get("/register/{token}", name="accounts:finish")
def finish(request: Request, token: str) -> Response:
    address = _address_of(request, Purpose.REGISTER, token)
    name = address.partition("@")[0]
    return page(
        request, "accounts/joining/finish.html", token=token, email=address, name=name, error=None
    )


@router.post("/register/{token}", name="accounts:create")
def create(
    request: Request,
    session: RequestSession,
    slot: PasswordSlot,
    token: str,
    name: Annotated[str, Form()] = "",
    password: Annotated[str, Form()] = "",
) -> Response:
    address = _address_of(request, Purpose.REGISTER, token)
    try:
        shown, password_hash = shown_name(name), hash_password(password)
    except BadInput as error:
        return page(
            request,
            "accounts/joining/finish.html",
            status_code=error.status,
            token=token,
            email=address,
            name=name,
            error=error.detail,
        )
    person = service.register(session, token, shown, password_hash)
    return signed_in(request, session, person.id, HOME)


@router.get("/password/forgotten", name="accounts:forgotten")
def forgotten(request: Request) -> Response:
    return page(request, "accounts/joining/forgotten.html", email="", error=None)


@router.post("/password/forgotten", name="accounts:ask_for_password")
def ask_for_password(request: Request, email: Annotated[str, Form()] = "") -> Response:
    try:
        _ask_for_mail(request, "password", email)
    except PortalError as error:
        return _asked_wrongly(request, "accounts/joining/forgotten.html", email, error)
    return _sent(request, email, "accounts:forgotten")


@router.get("/password/choose/{token}", name="accounts:choose")
def choose(request: Request, token: str) -> Response:
    address = _address_of(request, Purpose.PASSWORD, token)
    return page(request, "accounts/joining/choose.html", token=token, email=address, error=None)


@router.post("/password/choose/{token}", name="accounts:store_password")
def store_password(
    request: Request,
    session: RequestSession,
    slot: PasswordSlot,
    token: str,
    password: Annotated[str, Form()] = "",
) -> Response:
    address = _address_of(request, Purpose.PASSWORD, token)
    try:
        password_hash = hash_password(password)
    except BadInput as error:
        return page(
            request,
            "accounts/joining/choose.html",
            status_code=error.status,
            token=token,
            email=address,
            error=error.detail,
        )
    person_id = service.choose_password(session, token, password_hash)
    want(session, "password_changed", address)
    return signed_in(request, session, person_id, "/account?done=password")


def _refuse_if_closed(request: Request) -> None:
    if not request.app.state.settings.takes_registrations:
        raise NotAllowed(CLOSED)


def _ask_for_mail(request: Request, kind: str, text: str) -> None:
    """Store that a mail is wanted, with the same work for every address."""
    email = normal_email(text)
    if email is None:
        raise BadInput("That is not an email address. Write it like ada@example.org.")
    throttle: Throttle = request.app.state.mail_throttle
    address = request.client.host if request.client else ""
    throttle.check(email, address)
    throttle.count(email, address)
    with request.app.state.sessions.begin() as session:
        want(session, kind, email)
    request.app.state.postman.wake()


def _address_of(request: Request, purpose: Purpose, token: str) -> str:
    """Whose link it is; looked up first, so that a made-up link costs no slow hash."""
    with reading(request.app.state.sessions) as session:
        return service.look_at_link(session, purpose, token).address


def _sent(request: Request, email: str, again: str) -> Response:
    in_log = request.app.state.settings.smtp_url is None
    return page(
        request, "accounts/joining/sent.html", email=email.strip(), again=again, in_log=in_log
    )


def _asked_wrongly(request: Request, template: str, email: str, error: PortalError) -> Response:
    return page(
        request,
        template,
        status_code=error.status,
        headers=error.headers,
        email=email,
        error=error.detail,
    )
