"""The account page and its small forms."""

from __future__ import annotations

import uuid
from typing import Annotated

from fastapi import APIRouter, Form, Path, Query, Request, Response
from fastapi.responses import RedirectResponse

from portal.accounts.arrival import signed_in
from portal.accounts.cookie import read_cookie
from portal.accounts.identity import PagePerson, PersonView
from portal.accounts.joining.service import set_password
from portal.accounts.password_check import PasswordSlot, check_password
from portal.accounts.passwords import hash_password
from portal.accounts.profile import service
from portal.accounts.profile.view import Trouble, account_view
from portal.accounts.profile.words import DONE
from portal.accounts.service import end_browser_sessions
from portal.accounts.tokens import HANDLE_LENGTH
from portal.database import RequestSession, reading
from portal.errors import BadInput, Conflict, PortalError, TooManyTries, WrongPassword
from portal.mail.service import want
from portal.render import page

router = APIRouter(include_in_schema=False)

WRONG_CURRENT = "The current password is wrong, so nothing was changed. Check it and try again."

BrowserHandle = Annotated[str, Path(pattern=rf"^[0-9a-f]{{{HANDLE_LENGTH}}}$")]


@router.get("/account", name="accounts:account")
def account(
    request: Request, person: PagePerson, done: Annotated[str | None, Query()] = None
) -> Response:
    return _account_page(request, person, done=DONE.get(done or ""))


@router.post("/account/name", name="accounts:rename")
def rename(
    request: Request,
    person: PagePerson,
    session: RequestSession,
    name: Annotated[str, Form()] = "",
) -> Response:
    try:
        service.rename(session, person.id, name)
    except BadInput as error:
        return _refused(request, person, "name", error, name)
    return _back("name")


@router.post("/account/password", name="accounts:change_password")
def change_password(
    request: Request,
    person: PagePerson,
    session: RequestSession,
    slot: PasswordSlot,
    current: Annotated[str, Form()] = "",
    password: Annotated[str, Form()] = "",
) -> Response:
    try:
        check_password(request, person.email, current)
        password_hash = hash_password(password)
    except WrongPassword:
        return _refused(request, person, "password", BadInput(WRONG_CURRENT))
    except (TooManyTries, BadInput) as error:
        return _refused(request, person, "password", error)
    set_password(session, person.id, password_hash)
    end_browser_sessions(session, person.id)
    want(session, "password_changed", person.email)
    return signed_in(request, session, person.id, "/account?done=password")


@router.post("/account/sign-out-elsewhere", name="accounts:sign_out_elsewhere")
def sign_out_elsewhere(request: Request, person: PagePerson, session: RequestSession) -> Response:
    end_browser_sessions(session, person.id, except_for=read_cookie(request))
    return _back("browsers")


@router.post("/account/browsers/{handle}/sign-out", name="accounts:sign_browser_out")
def sign_browser_out(
    person: PagePerson, session: RequestSession, handle: BrowserHandle
) -> Response:
    service.sign_browser_out(session, person.id, handle)
    return _back("browser")


@router.post("/account/tokens", name="accounts:make_token")
def make_token(request: Request, person: PagePerson, name: Annotated[str, Form()] = "") -> Response:
    try:
        with request.app.state.sessions.begin() as session:
            made = service.make_named_token(session, person.id, name)
    except (BadInput, Conflict) as error:
        return _refused(request, person, "token", error, name)
    return _account_page(request, person, made=made)


@router.post("/account/tokens/{token_id}/revoke", name="accounts:revoke_token")
def revoke_token(person: PagePerson, session: RequestSession, token_id: uuid.UUID) -> Response:
    service.revoke_token(session, person.id, token_id)
    return _back("revoked")


def _back(done: str) -> Response:
    return RedirectResponse(f"/account?done={done}", status_code=303)


def _refused(
    request: Request, person: PersonView, form: str, error: PortalError, value: str = ""
) -> Response:
    trouble = Trouble(form, error.detail, value)
    return _account_page(request, person, trouble=trouble, error=error)


def _account_page(
    request: Request,
    person: PersonView,
    *,
    done: str | None = None,
    made: str | None = None,
    trouble: Trouble | None = None,
    error: PortalError | None = None,
) -> Response:
    with reading(request.app.state.sessions) as session:
        view = account_view(session, person.id, read_cookie(request) or "")
    return page(
        request,
        "accounts/profile/account.html",
        status_code=error.status if error else 200,
        headers=error.headers if error else None,
        account=view,
        done=done,
        made=made,
        provider=request.app.state.settings.oidc_name,
        trouble=trouble,
    )
