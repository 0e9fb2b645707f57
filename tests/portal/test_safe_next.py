"""After signing in one comes back to this site and to no other (open redirects)."""

from __future__ import annotations

import pytest

from portal.paths import HOME, safe_next
from tests.clients import TestClient
from tests.databases import ON_SQLITE
from tests.people import ADA

ELSEWHERE = [
    "https://mallory.example",
    "//mallory.example",
    "///mallory.example",
    "/\\mallory.example",
    "\\\\mallory.example",
    "/\t/mallory.example",
    "/\n/mallory.example",
    "\t//mallory.example",
    "javascript:alert(1)",
    "mallory.example",
    "http:mallory.example",
    "//[",
    "",
    " /challenges",
]


@pytest.mark.parametrize("path", ELSEWHERE)
def test_another_site_is_never_next(path: str) -> None:
    assert safe_next(path) == HOME


@pytest.mark.parametrize(
    "path", ["/", "/challenges/first-endpoint", "/challenges?level=easy#top", "/a/https://b"]
)
def test_a_page_of_ours_is_kept(path: str) -> None:
    assert safe_next(path) == path


@ON_SQLITE
@pytest.mark.parametrize("path", ELSEWHERE)
@pytest.mark.usefixtures("people")
def test_the_sign_in_page_does_not_lead_away(
    visitor: TestClient, ada: TestClient, path: str
) -> None:
    assert "mallory" not in visitor.get("/sign-in", params={"next": path}).text
    assert ada.get("/sign-in", params={"next": path}).headers["location"] == HOME
    answer = visitor.post(
        "/sign-in", data={"email": ADA.email, "password": ADA.password, "next": path}
    )
    assert answer.headers["location"] == HOME
