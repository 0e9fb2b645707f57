"""What every answer says to the browser, errors and crashes included."""

from __future__ import annotations

import re

import pytest
from fastapi import FastAPI

from portal.app import make_app
from portal.settings import Settings
from tests.clients import TestClient, browser
from tests.databases import ON_SQLITE
from tests.people import ADA

pytestmark = ON_SQLITE


@pytest.fixture(autouse=True)
def _an_address_that_crashes(app: FastAPI) -> None:
    for path in ("/crash", "/api/v1/crash"):

        @app.get(path)
        def crash() -> None:
            raise RuntimeError("the inside of our house")


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/sign-in", 200),
        ("GET", "/healthz", 200),
        ("GET", "/nowhere", 404),
        ("GET", "/api/v1/nowhere", 404),
        ("GET", "/sign-out", 405),
        ("GET", "/crash", 500),
        ("GET", "/api/v1/crash", 500),
        ("GET", "/static/nowhere.css", 404),
        ("POST", "/api/v1/token", 422),
    ],
)
def test_every_answer_is_strict(visitor: TestClient, method: str, path: str, status: int) -> None:
    answer = visitor.request(method, path)
    assert answer.status_code == status
    policy = answer.headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "form-action 'self'" in policy
    assert "unsafe" not in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "same-origin"
    assert answer.headers["cross-origin-opener-policy"] == "same-origin"
    expected = "no-cache" if path.startswith("/static/") else "no-store"
    assert answer.headers["cache-control"] == expected


def test_refusals_at_the_gate_are_as_strict(visitor: TestClient) -> None:
    refused = [
        visitor.get("/sign-in", headers={"Host": "mallory.example"}),
        visitor.post("/sign-out", headers={"Sec-Fetch-Site": "cross-site"}),
        visitor.post("/sign-in", data={"email": "x" * 3_000_000}),
    ]
    assert [answer.status_code for answer in refused] == [421, 403, 413]
    for answer in refused:
        assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]


def test_the_nonce_of_the_page_is_the_policys_and_never_the_same(visitor: TestClient) -> None:
    nonces = set()
    for _ in range(2):
        answer = visitor.get("/sign-in")
        found = re.findall(r"'nonce-([\w-]+)'", answer.headers["content-security-policy"])
        assert len(set(found)) == 1
        assert f'nonce="{found[0]}"' in answer.text
        nonces.add(found[0])
    assert len(nonces) == 2


@pytest.mark.usefixtures("people")
def test_behind_https_the_cookie_is_bound_to_this_host(settings: Settings) -> None:
    app = make_app(settings.model_copy(update={"secure_cookies": True}))
    client = browser(app)
    answer = client.post("/sign-in", data={"email": ADA.email, "password": ADA.password})
    app.state.engine.dispose()
    assert answer.headers["set-cookie"].startswith("__Host-assay_session=")
    assert "; secure" in answer.headers["set-cookie"].lower()
    assert answer.headers["strict-transport-security"]
