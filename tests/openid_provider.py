"""A small real OpenID provider on this machine, which also lies when it is told to."""

from __future__ import annotations

import base64
import hashlib
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated, Any
from urllib.parse import parse_qs, urlsplit

import uvicorn
from fastapi import FastAPI, Form, Header, HTTPException
from joserfc import jwt
from joserfc.jwk import KeySet, OctKey, RSAKey

CLIENT_ID, CLIENT_SECRET = "assay-tests", "the client's own secret"


class OpenIdProvider:
    """Whom it has signed in with which code, and how its next tokens differ from the truth."""

    def __init__(self) -> None:
        self.issuer = ""
        self.key = RSAKey.generate_key(2048, parameters={"kid": "first"})
        self.person: dict[str, Any] = {"sub": "ada-at-provider", "email_verified": True}
        self.lies: dict[str, Any] = {}
        self.userinfo: dict[str, Any] = {}
        self.signs_with: RSAKey | OctKey | None = None
        self.names_itself: str | None = None
        self.is_broken = False
        self._codes: dict[str, dict[str, str]] = {}

    def sign_in(self, address: str) -> str:
        """What a person does at the provider; the answer is the path that leads back to the site."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        assert asked["response_type"] == "code"
        assert asked["client_id"] == CLIENT_ID
        assert asked["code_challenge_method"] == "S256"
        code = secrets.token_urlsafe()
        self._codes[code] = asked
        back = urlsplit(asked["redirect_uri"]).path
        return f"{back}?code={code}&state={asked['state']}"

    def discovery(self) -> dict[str, Any]:
        """What it says of itself."""
        return {
            "issuer": self.names_itself or self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/jwks",
            "userinfo_endpoint": f"{self.issuer}/userinfo",
        }

    def token(self, code: str, verifier: str, redirect_uri: str) -> dict[str, Any]:
        """A token for a code, once, and only for whoever began."""
        asked = self._codes.pop(code, None)
        digest = hashlib.sha256(verifier.encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        if asked is None or (challenge, redirect_uri) != (
            asked["code_challenge"],
            asked["redirect_uri"],
        ):
            raise HTTPException(400, "invalid_grant")
        now = int(time.time())
        claims = {
            "iss": self.issuer,
            "aud": CLIENT_ID,
            "iat": now,
            "exp": now + 300,
            "nonce": asked["nonce"],
            **self.person,
            **self.lies,
        }
        key = self.signs_with or self.key
        header = {"alg": "HS256" if isinstance(key, OctKey) else "RS256", "kid": key.kid}
        signed = jwt.encode(header, claims, key, algorithms=["RS256", "HS256"])
        return {"access_token": "opaque", "token_type": "Bearer", "id_token": signed}


def make_site(provider: OpenIdProvider) -> FastAPI:
    """Its addresses."""
    site = FastAPI()

    @site.get("/.well-known/openid-configuration")
    def discovery() -> dict[str, Any]:
        if provider.is_broken:
            raise HTTPException(500)
        return provider.discovery()

    @site.get("/jwks")
    def jwks() -> Any:
        return KeySet([provider.key]).as_dict(private=False)

    @site.get("/userinfo")
    def userinfo() -> dict[str, Any]:
        return provider.userinfo

    @site.post("/token")
    def token(
        code: Annotated[str, Form()],
        code_verifier: Annotated[str, Form()],
        redirect_uri: Annotated[str, Form()],
        authorization: Annotated[str, Header()],
    ) -> Any:
        if provider.is_broken:
            raise HTTPException(500)
        pair = base64.b64encode(f"{CLIENT_ID}:{CLIENT_SECRET}".encode()).decode()
        assert authorization == f"Basic {pair}"
        try:
            return provider.token(code, code_verifier, redirect_uri)
        except HTTPException as refused:
            return {"error": refused.detail}

    return site


@contextmanager
def openid_provider() -> Iterator[OpenIdProvider]:
    """A provider on a free port."""
    provider = OpenIdProvider()
    config = uvicorn.Config(make_site(provider), port=0, log_level="warning", lifespan="off")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    provider.issuer = f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    try:
        yield provider
    finally:
        server.should_exit = True
        thread.join()
