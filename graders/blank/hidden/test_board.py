"""Whether GET shows all notices, the newest first."""

import random
import string
from typing import Any

import httpx


def board(api: httpx.Client) -> list[Any]:
    """What GET shows, once its shape is sure."""
    answer = api.get("/notices")
    status = answer.status_code
    assert status == 200, f"GET /notices should answer 200, it answered {status}"
    shown = answer.json()
    assert isinstance(shown, list), "GET /notices should answer with a JSON list"
    return shown


def pin(api: httpx.Client, rng: random.Random) -> tuple[str, httpx.Response]:
    """Pin a notice; whether POST answers as it should is looked at elsewhere."""
    text = "".join(rng.choice(string.ascii_letters) for _ in range(rng.randint(8, 40)))
    answer = api.post("/notices", json={"text": text})
    assert answer.is_success, f"POST /notices should succeed, it answered {answer.status_code}"
    return text, answer


def test_an_empty_board(api: httpx.Client) -> None:
    """The list is empty while nothing is pinned"""
    assert board(api) == [], "GET /notices should answer with an empty list at first"


def test_the_newest_first(api: httpx.Client, rng: random.Random) -> None:
    """Every notice is shown, the newest first"""
    texts = [pin(api, rng)[0] for _ in range(4)]
    shown = board(api)
    assert len(shown) == len(texts), f"{len(texts)} notices were pinned, {len(shown)} are shown"
    for notice, text in zip(shown, reversed(texts), strict=True):
        assert isinstance(notice, dict), "each notice in the list should be a JSON object"
        assert notice.keys() == {"id", "text"}, "a notice should have exactly `id` and `text`"
        assert notice["text"] == text, "the notices should be in order, the newest first"


def test_the_same_notices(api: httpx.Client, rng: random.Random) -> None:
    """A notice in the list has the id that POST answered"""
    answered = [pin(api, rng)[1].json() for _ in range(2)]
    shown = board(api)
    for notice in answered:
        assert notice in shown, "a notice that POST answered should be in the list as it is"
