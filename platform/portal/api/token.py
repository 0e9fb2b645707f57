"""Gives a bearer token for an email and a password (OAuth2 password flow)."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Request
from fastapi.security import OAuth2PasswordRequestForm
from pydantic import BaseModel

from portal.accounts import service
from portal.accounts.password_check import PasswordSlot, check_password

router = APIRouter(prefix="/api/v1", tags=["Accounts"])


class BearerToken(BaseModel):
    """A token for the header `Authorization: Bearer …`."""

    access_token: str
    token_type: Literal["bearer"]


@router.post("/token", name="api:token")
def token(
    request: Request,
    slot: PasswordSlot,
    form: Annotated[OAuth2PasswordRequestForm, Depends()],
) -> BearerToken:
    """Exchange an email (as `username`) and a password for a bearer token.

    The newest twenty tokens that somebody got this way work. One that must stay is made on the
    account page.
    """
    person_id = check_password(request, form.username, form.password)
    # Committed here and not after the answer is put together, which needs a thread of its own.
    with request.app.state.sessions.begin() as session:
        access_token = service.sign_program_in(session, person_id)
    return BearerToken(access_token=access_token, token_type="bearer")  # noqa: S106
