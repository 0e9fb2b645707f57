"""What a browser carries from our page to the provider and back: signed, and for a few minutes.

The key is derived from the client secret, so every portal of this site reads it, also after a restart.
"""

from __future__ import annotations

import secrets
from dataclasses import asdict, dataclass

from fastapi import Request, Response
from itsdangerous import BadSignature, URLSafeTimedSerializer

from portal.settings import Settings

FLOW_SECONDS = 10 * 60
SALT = "assay sign-in through a provider"


@dataclass(frozen=True)
class Flow:
    """One sign-in under way: `state` ties it to this browser, `nonce` to what the provider signs."""

    state: str
    nonce: str
    verifier: str
    next_path: str

    @classmethod
    def new(cls, next_path: str) -> Flow:
        return cls(
            state=secrets.token_urlsafe(32),
            nonce=secrets.token_urlsafe(32),
            verifier=secrets.token_urlsafe(48),
            next_path=next_path,
        )


def keep(response: Response, settings: Settings, flow: Flow) -> None:
    """Let the browser carry it; lax, because it comes back by a link on the provider's page."""
    response.set_cookie(
        _name(settings),
        _signer(settings).dumps(asdict(flow)),
        max_age=FLOW_SECONDS,
        path="/",
        secure=settings.secure_cookies,
        httponly=True,
        samesite="lax",
    )


def forget(response: Response, settings: Settings) -> None:
    """It has been used, whatever came of it."""
    response.delete_cookie(
        _name(settings),
        path="/",
        secure=settings.secure_cookies,
        httponly=True,
        samesite="lax",
    )


def carried(request: Request) -> Flow | None:
    """What this browser brings back, if it is ours and young enough."""
    settings = request.app.state.settings
    try:
        values = _signer(settings).loads(
            request.cookies.get(_name(settings), ""), max_age=FLOW_SECONDS
        )
    except BadSignature:
        return None
    return Flow(**values)


def _name(settings: Settings) -> str:
    return "__Host-assay_openid" if settings.secure_cookies else "assay_openid"


def _signer(settings: Settings) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(settings.oidc_client_secret or "", salt=SALT)
