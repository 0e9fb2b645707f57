"""Bodies that are too large, whether they say so or not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

import pytest
from fastapi import FastAPI, Form

from tests.clients import TestClient
from tests.databases import ON_SQLITE

pytestmark = ON_SQLITE
LIMIT = 2_500_000


@pytest.fixture(autouse=True)
def _an_address_that_reads_everything(app: FastAPI) -> None:
    for path in ("/read", "/api/read"):

        @app.post(path)
        def read(text: Annotated[str, Form()]) -> int:
            return len(text)


def in_pieces(size: int) -> Iterator[bytes]:
    yield b"text="
    for _ in range(size // 1000):
        yield b"x" * 1000


FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@pytest.mark.parametrize("path", ["/read", "/api/read"])
def test_a_large_form_within_the_limit_is_read(visitor: TestClient, path: str) -> None:
    assert visitor.post(path, data={"text": "x" * (LIMIT - 100)}).json() == LIMIT - 100


@pytest.mark.parametrize("path", ["/read", "/api/read", "/nowhere", "/api/nowhere"])
def test_a_body_that_says_it_is_too_large_is_refused(visitor: TestClient, path: str) -> None:
    answer = visitor.post(path, data={"text": "x" * LIMIT})
    assert answer.status_code == 413
    assert "2,500,000 bytes" in answer.text


@pytest.mark.parametrize("path", ["/read", "/api/read"])
def test_a_body_that_does_not_say_is_counted(visitor: TestClient, path: str) -> None:
    answer = visitor.post(path, content=in_pieces(LIMIT + 1000), headers=FORM)
    assert answer.status_code == 413
    assert "2,500,000 bytes" in answer.text


def test_the_api_says_so_in_a_problem_document(stranger_api: TestClient) -> None:
    for answer in (
        stranger_api.post("/api/read", data={"text": "x" * LIMIT}),
        stranger_api.post("/api/read", content=in_pieces(LIMIT + 1000), headers=FORM),
    ):
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.json()["title"] == "Too large"


@pytest.mark.parametrize("length", ["-1", "1e9", "x", "99999999999999999999"])
def test_a_made_up_length_helps_nobody(visitor: TestClient, length: str) -> None:
    answer = visitor.post("/read", content=b"text=1", headers={**FORM, "Content-Length": length})
    assert answer.status_code in {200, 413}


def test_a_flood_of_fields_is_refused(visitor: TestClient) -> None:
    answer = visitor.post("/read", data={f"field{number}": "x" for number in range(1000)})
    assert answer.status_code == 400
