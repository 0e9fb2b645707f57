"""Whether /books/latest is an address of its own, and no book."""

import random
from typing import Any

import httpx

from support import check_list, json_in, stock, use_the_shop, word


def latest(count: int) -> list[dict[str, Any]]:
    return sorted(stock(), key=lambda book: -int(book["year"]))[:count]


def test_the_latest_three(api: httpx.Client) -> None:
    """GET /books/latest lists the three newest books"""
    asked = "GET /books/latest"
    check_list(json_in(api.get("/books/latest"), asked), latest(3), asked)


def test_as_many_as_asked(api: httpx.Client, rng: random.Random) -> None:
    """`count` says how many, newest first"""
    for count in (1, 2, rng.randint(4, 9), 10):
        asked = f"GET /books/latest?count={count}"
        found = json_in(api.get("/books/latest", params={"count": count}), asked)
        check_list(found, latest(count), asked)
    asked = "GET /books/latest after one with a count"
    check_list(json_in(api.get("/books/latest"), asked), latest(3), asked)


def test_what_was_asked_before(api: httpx.Client, rng: random.Random) -> None:
    """The latest books stay the same whatever was asked before, and with an unknown parameter"""
    asked = "after other requests, GET /books/latest"
    use_the_shop(api, rng)
    check_list(json_in(api.get("/books/latest"), asked), latest(3), asked)
    for name in ("x" + word(rng, 6), "limit", "skip"):
        found = json_in(api.get("/books/latest", params={name: "1"}), asked)
        check_list(found, latest(3), f"{asked} with a parameter that is not its own")
