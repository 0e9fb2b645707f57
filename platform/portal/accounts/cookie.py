"""The cookie of a signed-in browser."""

from __future__ import annotations

from fastapi import Request, Response

from portal.settings import Settings


def cookie_name(settings: Settings) -> str:
    """With https the browser itself makes sure that no other host and no plain page sets it."""
    return "__Host-assay_session" if settings.secure_cookies else "assay_session"


def read_cookie(request: Request) -> str | None:
    """The token this browser sent."""
    return request.cookies.get(cookie_name(request.app.state.settings))


def set_cookie(response: Response, settings: Settings, token: str) -> None:
    """Let the browser keep its token, out of reach of scripts."""
    response.set_cookie(
        cookie_name(settings),
        token,
        max_age=settings.session_hours * 3600,
        path="/",
        secure=settings.secure_cookies,
        httponly=True,
        samesite="lax",
    )


def remove_cookie(response: Response, settings: Settings) -> None:
    """Let the browser forget its token."""
    response.delete_cookie(
        cookie_name(settings),
        path="/",
        secure=settings.secure_cookies,
        httponly=True,
        samesite="lax",
    )
