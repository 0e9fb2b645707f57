"""Signs a browser in: always with a new token, and whoever was signed in there is not any more."""

from __future__ import annotations

import uuid

from fastapi import Request
from fastapi.responses import RedirectResponse
from sqlalchemy.orm import Session

from portal.accounts import service
from portal.accounts.browsers import browser_name
from portal.accounts.cookie import read_cookie, set_cookie


def signed_in(
    request: Request, session: Session, person_id: uuid.UUID, target: str
) -> RedirectResponse:
    """The answer that signs this browser in and leads it on; `target` is a path of this site."""
    settings = request.app.state.settings
    end_session(request, session)
    name = browser_name(request.headers.get("user-agent", ""))
    token = service.start_browser_session(session, person_id, settings.session_hours, name)
    response = RedirectResponse(target, status_code=303)
    set_cookie(response, settings, token)
    return response


def end_session(request: Request, session: Session) -> None:
    """Make the token that this browser has worthless."""
    token = read_cookie(request)
    if token is not None:
        service.end_browser_session(session, token)
