"""Mallory's site makes Ada's browser act (cross-site request forgery)."""

from __future__ import annotations

from typing import cast

import pytest
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts

from portal.database import SAFE_METHODS
from tests.clients import TestClient, shown
from tests.databases import ON_SQLITE

pytestmark = ON_SQLITE


@pytest.fixture
def tricked(ada: TestClient) -> TestClient:
    """Ada's signed-in browser, without the header that says which site makes it act."""
    del ada.headers["Sec-Fetch-Site"]
    return ada


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "made-up"},
        {"Sec-Fetch-Site": "cross-site", "Origin": "http://testserver"},
        {"Origin": "https://mallory.example"},
        {"Origin": "http://testserver.mallory.example"},
        {"Origin": "http://testserver:8001"},
        {"Origin": "http://testserver@mallory.example"},
        {"Origin": "null"},
        {"Origin": "http://["},
        {},
    ],
)
def test_what_another_site_sends_is_refused(tricked: TestClient, headers: dict[str, str]) -> None:
    answer = tricked.post("/sign-out", headers=headers)
    assert answer.status_code == 403
    assert "another site" in shown(answer.text)
    assert tricked.get("/sign-in").status_code == 303, "Ada must still be signed in"


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "same-origin"},
        {"Sec-Fetch-Site": "none"},
        {"Origin": "http://testserver"},
    ],
)
def test_what_our_own_pages_send_is_accepted(tricked: TestClient, headers: dict[str, str]) -> None:
    assert tricked.post("/sign-out", headers=headers).status_code == 303


def test_a_bearer_token_does_not_open_the_pages_to_other_sites(tricked: TestClient) -> None:
    answer = tricked.post("/sign-out", headers={"Authorization": "Bearer x"})
    assert answer.status_code == 403


def test_every_route_that_changes_something_is_behind_the_gate(tricked: TestClient) -> None:
    routes = unsafe_routes(cast(FastAPI, tricked.app))
    assert ("/sign-out", "POST") in routes
    for path, method in routes:
        answer = tricked.request(method, path, headers={"Origin": "https://mallory.example"})
        assert answer.status_code == (401 if path.startswith("/api/") else 403), (method, path)


def unsafe_routes(app: FastAPI) -> list[tuple[str, str]]:
    """Path and method of every route that may change something, but for the way to a token."""
    return [
        (route.path or "", method)
        for route in iter_route_contexts(app.routes)
        for method in sorted((route.methods or set()) - SAFE_METHODS)
        if route.path != "/api/v1/token"
    ]
