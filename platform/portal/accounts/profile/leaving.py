"""Taking one's data along, and deleting the account."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse, StreamingResponse

from portal.accounts.cookie import remove_cookie
from portal.accounts.identity import OptionalPerson, PagePerson, PersonView
from portal.accounts.password_check import PasswordSlot, check_password
from portal.accounts.profile import queries, service
from portal.accounts.profile.download import download
from portal.accounts.service import normal_email
from portal.database import RequestSession, reading
from portal.errors import BadInput, Conflict, PortalError, TooManyTries, WrongPassword
from portal.models import Person, utc_now
from portal.paths import HOME
from portal.render import page
from portal.sittings import under_way

router = APIRouter(include_in_schema=False)

NOT_THE_PASSWORD = "That is not your password, so nothing was deleted."  # noqa: S105 - a sentence
NOT_THE_EMAIL = "That is not the email of this account, so nothing was deleted."


@router.get("/account/data", name="accounts:data")
def data(request: Request, person: PagePerson, session: RequestSession) -> Response:
    under_way.refuse_download(session, person.id, utc_now())
    name = f"assay-data-{utc_now():%Y-%m-%d}.json"
    return StreamingResponse(
        download(request.app.state.sessions, person.id),
        media_type="application/json",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@router.get("/account/delete", name="accounts:leave")
def leave(request: Request, person: PagePerson) -> Response:
    return _leave_page(request, person)


@router.post("/account/delete", name="accounts:delete")
def delete(
    request: Request,
    person: PagePerson,
    session: RequestSession,
    slot: PasswordSlot,
    proof: Annotated[str, Form()] = "",
) -> Response:
    try:
        _check_proof(request, person, proof)
        service.delete_account(session, person.id)
    except (BadInput, Conflict, TooManyTries) as error:
        return _leave_page(request, person, error)
    response = RedirectResponse("/goodbye", status_code=303)
    remove_cookie(response, request.app.state.settings)
    return response


@router.get("/goodbye", name="accounts:goodbye")
def goodbye(request: Request, person: OptionalPerson) -> Response:
    if person is not None:
        return RedirectResponse(HOME, status_code=303)
    return page(request, "accounts/profile/goodbye.html")


def _check_proof(request: Request, person: PersonView, proof: str) -> None:
    """The password; whoever has none types the email, so that nobody deletes by a slip."""
    if _has_password(request, person):
        try:
            check_password(request, person.email, proof)
        except WrongPassword:
            raise BadInput(NOT_THE_PASSWORD) from None
    elif normal_email(proof) != person.email:
        raise BadInput(NOT_THE_EMAIL)


def _has_password(request: Request, person: PersonView) -> bool:
    with reading(request.app.state.sessions) as session:
        return session.get_one(Person, person.id).password_hash is not None


def _leave_page(request: Request, person: PersonView, error: PortalError | None = None) -> Response:
    with reading(request.app.state.sessions) as session:
        count = queries.count_submissions(session, person.id)
    return page(
        request,
        "accounts/profile/leave.html",
        status_code=error.status if error else 200,
        headers=error.headers if error else None,
        has_password=_has_password(request, person),
        submission_count=count,
        error=error.detail if error else None,
    )
