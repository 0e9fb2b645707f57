"""What an app says of itself, shown in a frame that may do nothing."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session, sessionmaker

from graders import api_reference
from portal.models import Person
from tests.clients import TestClient, shown
from tests.databases import ON_SQLITE
from tests.people import ADA, MALLORY, Someone
from tests.portal.consoles import PAGE, described, ended, open_console, ready

Sessions = sessionmaker[Session]
People = dict[Someone, Person]
HTML = "</style><script>alert(1)</script><img src=x onerror=alert(2)>"
DOCS = f"{PAGE}/docs"
pytestmark = ON_SQLITE


def test_its_policy_allows_a_style_of_ours_and_nothing_else(
    ada: TestClient, people: People, sessions: Sessions
) -> None:
    open_console(sessions, people[ADA], **ready(reference=described("words")))
    answer = ada.get(DOCS)
    policy = answer.headers["content-security-policy"].split("; ")
    assert policy[0] == "default-src 'none'"
    assert policy[1].startswith("style-src 'nonce-")
    assert policy[2:] == [
        "frame-ancestors 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "sandbox",
    ]
    for tag in ("<script", "<a ", "<form", "<img", "<link", "src=", "href="):
        assert tag not in answer.text


def test_the_frame_is_locked_and_every_other_page_refuses_frames(
    ada: TestClient, people: People, sessions: Sessions
) -> None:
    open_console(sessions, people[ADA], **ready(reference=described("words")))
    answer = ada.get(PAGE)
    assert " sandbox loading=" in answer.text, "no word in it gives anything back"
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]


def test_all_that_the_app_says_is_text(ada: TestClient, people: People, sessions: Sessions) -> None:
    open_console(sessions, people[ADA], **ready(reference=described(HTML)))
    for address in (DOCS, PAGE, f"{PAGE}?operation=0"):
        answer = ada.get(address)
        assert answer.status_code == 200
        assert "<script>alert" not in answer.text
        assert "<img" not in answer.text
        assert "&lt;script&gt;alert(1)" in answer.text


def test_an_operation_fills_the_form(ada: TestClient, people: People, sessions: Sessions) -> None:
    said = {
        "openapi": "3.1.0",
        "paths": {
            "/shelves/{shelf_id}/{name}": {
                "post": {
                    "parameters": [
                        {"name": "shelf_id", "in": "path", "schema": {"type": "integer"}},
                        {"name": "q", "in": "query", "required": True},
                        {"name": "X-Key", "in": "header", "required": True},
                    ],
                    "requestBody": {
                        "content": {"application/json": {"schema": {"example": {"a": "é"}}}}
                    },
                }
            }
        },
    }
    reference = api_reference.read(said)
    assert reference is not None
    open_console(sessions, people[ADA], **ready(reference=reference.model_dump(mode="json")))
    text = ada.get(f"{PAGE}?operation=0").text
    assert 'value="POST"' in text
    assert 'value="/shelves/1/name?q=q"' in text
    assert "\nX-Key: X-Key\nContent-Type: application/json</textarea>" in text
    assert "\n{\n  &#34;a&#34;: &#34;é&#34;\n}</textarea>" in text


@pytest.mark.parametrize("columns", [ready(), ended("app"), None])
def test_without_a_description_it_says_so(
    ada: TestClient, people: People, sessions: Sessions, columns: dict[str, object] | None
) -> None:
    if columns is not None:
        open_console(sessions, people[ADA], **columns)
    assert "has not told its operations" in shown(ada.get(DOCS).text)
    assert "<iframe" not in ada.get(PAGE).text


def test_another_persons_api_is_not_there(
    ada: TestClient, people: People, sessions: Sessions, visitor: TestClient
) -> None:
    open_console(sessions, people[MALLORY], **ready(reference=described("theirs")))
    assert "theirs" not in ada.get(DOCS).text
    assert visitor.get(DOCS).status_code == 303
