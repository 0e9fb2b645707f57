"""Talks to the provider: where to send people, and what it says of who comes back."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import requests
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.requests_client import OAuth2Session
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet

from portal.accounts.openid.flow import Flow
from portal.errors import PortalError
from portal.settings import Settings

ANSWER_SECONDS = 5
DISCOVERY_SECONDS = 3600
# Signed with the provider's own key; never with one that is shared, nor with none.
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "ES256", "ES384", "EdDSA", "Ed25519"]
# Clocks differ a little.
LEEWAY_SECONDS = 60

logger = logging.getLogger(__name__)


class ProviderAway(PortalError):
    """It does not answer, or not as it should; nothing that the person could mend."""

    status = 503
    title = "Not signed in"

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name[0].upper()}{name[1:]} does not answer as it should. Try again in a minute, or "
            "sign in with email and password.",
            {"Retry-After": "60"},
        )


class NotVouchedFor(PortalError):
    """The provider, or what it said, does not let this person in."""

    status = 403
    title = "Not signed in"


@dataclass(frozen=True)
class Claimed:
    """What the provider says of somebody."""

    issuer: str
    subject: str
    email: str | None
    is_verified: bool
    name: str


class Provider:
    """One issuer. What it publishes about itself is asked for once an hour, its keys when needed."""

    def __init__(self, settings: Settings, issuer: str) -> None:
        self._settings = settings
        self._issuer = issuer
        self._known: dict[str, Any] = {}
        self._known_until = 0.0
        self._keys = KeySet([])

    def address(self, flow: Flow) -> str:
        """Where the browser goes to sign in."""
        with self._asking(), self._session() as session:
            url, _state = session.create_authorization_url(
                self._metadata()["authorization_endpoint"],
                state=flow.state,
                nonce=flow.nonce,
                code_verifier=flow.verifier,
            )
        return str(url)

    def claimed(self, flow: Flow, code: str) -> Claimed:
        """Exchange the code for what the provider says; everything about it is checked."""
        with self._asking(), self._session() as session:
            token = session.fetch_token(
                self._metadata()["token_endpoint"],
                grant_type="authorization_code",
                code=code,
                code_verifier=flow.verifier,
            )
            claims = self._checked(token["id_token"], flow.nonce)
            if "email" not in claims and "userinfo_endpoint" in self._metadata():
                more = session.get(self._metadata()["userinfo_endpoint"]).json()
                claims |= more if more["sub"] == claims["sub"] else {}
        return _read(self._issuer, claims)

    def is_from(self, issuer: str | None) -> bool:
        """Whether an answer that names its issuer (RFC 9207) comes from ours."""
        return issuer is None or issuer.rstrip("/") == self._issuer

    @contextmanager
    def _asking(self) -> Iterator[None]:
        name = self._settings.oidc_name
        try:
            yield
        except AuthlibBaseError as error:
            logger.warning("%s refused a sign-in: %s", self._issuer, error.error)
            raise NotVouchedFor(
                f"This sign-in through {name} has been used already, or took too long. Start again."
            ) from error
        except JoseError as error:
            logger.warning("%s sent what cannot be trusted: %s", self._issuer, error)
            raise NotVouchedFor(
                f"What {name} sent about you is not signed as it should be, or was not meant for "
                "this sign-in. Start again; if it stays, tell whoever runs this site."
            ) from error
        except (OSError, ValueError, KeyError, TypeError) as error:
            logger.warning("%s does not answer as it should: %r", self._issuer, error)
            raise ProviderAway(name) from error

    def _session(self) -> OAuth2Session:
        methods = self._metadata().get("token_endpoint_auth_methods_supported")
        by_form = methods is not None and "client_secret_basic" not in methods
        return OAuth2Session(
            self._settings.oidc_client_id,
            self._settings.oidc_client_secret,
            token_endpoint_auth_method="client_secret_post" if by_form else "client_secret_basic",
            scope="openid email profile",
            redirect_uri=f"{self._settings.own_url}/sign-in/openid/back",
            code_challenge_method="S256",
            default_timeout=ANSWER_SECONDS,
        )

    def _metadata(self) -> dict[str, Any]:
        if time.monotonic() >= self._known_until:
            known = _fetched(f"{self._issuer}/.well-known/openid-configuration")
            if str(known["issuer"]).rstrip("/") != self._issuer:
                raise ValueError(f"it calls itself {known['issuer']!r}")
            self._keys = _keys(known)
            self._known, self._known_until = known, time.monotonic() + DISCOVERY_SECONDS
        return self._known

    def _checked(self, id_token: str, nonce: str) -> dict[str, Any]:
        try:
            decoded = jwt.decode(id_token, self._keys, algorithms=ALGORITHMS)
        except InvalidKeyIdError:
            # It signs with a new key: ask which ones it has now.
            self._keys = _keys(self._metadata())
            decoded = jwt.decode(id_token, self._keys, algorithms=ALGORITHMS)
        client_id = self._settings.oidc_client_id
        claims = CodeIDToken(
            decoded.claims,
            decoded.header,
            {
                "iss": {"essential": True, "value": self._known["issuer"]},
                "aud": {"essential": True, "value": client_id},
            },
            {"client_id": client_id, "nonce": nonce},
        )
        claims.validate(leeway=LEEWAY_SECONDS)
        return dict(claims)


def provider_of(settings: Settings) -> Provider | None:
    """The provider of this site, if it has one."""
    return Provider(settings, settings.oidc_issuer) if settings.oidc_issuer else None


def _fetched(url: str) -> Any:
    answer = requests.get(url, timeout=ANSWER_SECONDS)
    answer.raise_for_status()
    return answer.json()


def _keys(metadata: dict[str, Any]) -> KeySet:
    return KeySet.import_key_set(_fetched(metadata["jwks_uri"]))


def _read(issuer: str, claims: dict[str, Any]) -> Claimed:
    email = claims.get("email")
    return Claimed(
        issuer=issuer,
        subject=str(claims["sub"]),
        email=email if isinstance(email, str) else None,
        # Some send the word: only the value itself will do.
        is_verified=claims.get("email_verified") is True,
        name=str(claims.get("name") or ""),
    )
