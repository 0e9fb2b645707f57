"""The gate every request passes: right host, no forged clicks, no oversized body, strict headers."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from urllib.parse import urlsplit

from fastapi import Request, Response
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from portal.database import SAFE_METHODS
from portal.errors import BodyTooLarge, HttpError, NotAllowed, PortalError
from portal.paths import is_api
from portal.settings import Settings

Answer = Callable[[Request, PortalError], Response]


class Gate:
    """Wraps the whole application, so its headers are also on refusals and crashes."""

    def __init__(self, app: ASGIApp, settings: Settings, answer: Answer) -> None:
        self.app = app
        self.settings = settings
        self.answer = answer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request = Request(scope)
        request.state.csp_nonce = secrets.token_urlsafe(16)

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._add_headers(request, MutableHeaders(scope=message))
            await send(message)

        error = refusal(request, self.settings)
        if error is None:
            await self.app(scope, receive, send_with_headers)
        else:
            request.state.person = None  # whoever it is, a refusal greets nobody
            await self.answer(request, error)(scope, receive, send_with_headers)

    def _add_headers(self, request: Request, headers: MutableHeaders) -> None:
        # A page may have a policy of its own, if it is stricter: see the console's docs.
        headers.setdefault(
            "Content-Security-Policy", content_security_policy(request.state.csp_nonce)
        )
        headers["X-Content-Type-Options"] = "nosniff"
        # Not "no-referrer": with that a browser says `Origin: null` on our own forms.
        headers["Referrer-Policy"] = "same-origin"
        headers["Cross-Origin-Opener-Policy"] = "same-origin"
        headers["Cross-Origin-Resource-Policy"] = "same-origin"
        if self.settings.secure_cookies:
            headers["Strict-Transport-Security"] = "max-age=31536000"
        # Static files may be kept but are asked for again, so an upgrade is seen at once.
        is_static = request.url.path.startswith("/static/")
        headers.setdefault("Cache-Control", "no-cache" if is_static else "no-store")


def content_security_policy(nonce: str) -> str:
    """Scripts and styles of our own or with this answer's nonce, and nothing from elsewhere."""
    return "; ".join(
        (
            "default-src 'self'",
            f"script-src 'self' 'nonce-{nonce}'",
            f"style-src 'self' 'nonce-{nonce}'",
            "img-src 'self' data:",
            "connect-src 'self'",
            "frame-ancestors 'none'",
            "base-uri 'none'",
            "form-action 'self'",
            "object-src 'none'",
        )
    )


def refusal(request: Request, settings: Settings) -> PortalError | None:
    """Why this request is turned away before any of our routes sees it, if it is."""
    if not is_our_host(request.headers.get("host", ""), settings):
        return HttpError(
            421,
            "This site does not answer to that name. If it is meant to, add the name to "
            "ASSAY_ALLOWED_HOSTS and start again.",
        )
    if is_forged(request):
        return NotAllowed("This came from another site. Open the page here and try again.")
    if declared_bytes(request) > settings.max_body_bytes:
        return BodyTooLarge(settings.max_body_bytes)
    return None


def is_our_host(host: str, settings: Settings) -> bool:
    """Whether the name asked for is ours: a stranger's name may have been pointed at us."""
    try:
        name = urlsplit(f"//{host}").hostname
    except ValueError:
        return False
    if name is None or "@" in host or "/" in host:
        return False
    return name in settings.trusted_hosts or "*" in settings.allowed_hosts


def is_forged(request: Request) -> bool:
    """Whether another site may have made this browser act.

    The API is left out: it reads no cookies, so a browser has nothing to lend there.
    """
    if request.method in SAFE_METHODS or is_api(request.url.path):
        return False
    fetch_site = request.headers.get("sec-fetch-site")
    if fetch_site is not None:
        return fetch_site not in {"same-origin", "none"}
    return not _is_own_origin(request.headers.get("origin", ""), request.headers["host"])


def declared_bytes(request: Request) -> int:
    """What the request says its body has; the framework counts those that do not say."""
    length = request.headers.get("content-length", "0")
    return int(length) if length.isdecimal() else 0


def _is_own_origin(origin: str, host: str) -> bool:
    try:
        parts = urlsplit(origin)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and parts.netloc.lower() == host.lower()
