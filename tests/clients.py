"""Browsers and API clients that talk to the portal without a network."""

from __future__ import annotations

import re
import warnings

from fastapi import FastAPI

from portal.accounts import service
from portal.accounts.cookie import cookie_name
from portal.models import Person

with warnings.catch_warnings():
    # Starlette would like a successor of httpx, which nothing else here uses.
    warnings.simplefilter("ignore")
    from fastapi.testclient import TestClient

__all__ = ["TestClient", "api_client", "browser", "give_cookie", "shown"]


def browser(app: FastAPI, person: Person | None = None) -> TestClient:
    """A browser on this site, signed in or not; it shows redirects and follows none."""
    client = TestClient(
        app,
        headers={"Sec-Fetch-Site": "same-origin", "Accept": "text/html"},
        follow_redirects=False,
        raise_server_exceptions=False,
    )
    if person is not None:
        settings = app.state.settings
        with app.state.sessions.begin() as session:
            token = service.start_browser_session(session, person.id, settings.session_hours)
        give_cookie(client, cookie_name(settings), token)
    return client


def give_cookie(client: TestClient, name: str, value: str) -> None:
    """A cookie as if this site had set it."""
    client.cookies.set(name, value, domain="testserver.local")


def api_client(app: FastAPI, person: Person | None = None) -> TestClient:
    """A program that uses the API, with a bearer token or without."""
    client = TestClient(app, follow_redirects=False, raise_server_exceptions=False)
    if person is not None:
        with app.state.sessions.begin() as session:
            token = service.make_api_token(session, person.id, "test")
        client.headers["Authorization"] = f"Bearer {token}"
    return client


def shown(html: str) -> str:
    """The text of a page without its tags, on one line."""
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())
