"""Whether the search finds what fits all that was asked for, and shows it as asked."""

import random
import string
from typing import Any

import httpx

from support import check_list, json_in, stock


def fits(book: dict[str, Any], asked: dict[str, Any]) -> bool:
    text = str(asked.get("q", "")).lower()
    return (
        (text in book["title"].lower() or text in book["author"].lower())
        and asked.get("min_price", 0) <= book["price"] <= asked.get("max_price", 10**6)
        and asked.get("in_stock", book["in_stock"]) == book["in_stock"]
    )


def expected_for(asked: dict[str, Any]) -> list[dict[str, Any]]:
    found = [book for book in stock() if fits(book, asked)]
    if asked.get("sort") == "price":
        found.sort(key=lambda book: int(book["price"]))
    skip = int(asked.get("skip", 0))
    return found[skip : skip + int(asked.get("limit", 5))]


def check_search(api: httpx.Client, **asked: Any) -> None:
    shown = "the search with " + " and ".join(f"`{name}`" for name in asked)
    shown = shown if asked else "the search without parameters"
    params = {
        name: str(value).lower() if isinstance(value, bool) else str(value)
        for name, value in asked.items()
    }
    check_list(json_in(api.get("/books", params=params), shown), expected_for(asked), shown)


def piece(rng: random.Random, text: str) -> str:
    """A part of a title or an author, in any capitals, that neither starts nor ends blank."""
    while True:
        start = rng.randrange(len(text) - 1)
        part = text[start : start + rng.randint(2, 8)]
        if len(part) >= 2 and part == part.strip():
            # Only ASCII letters change: not every database knows the capitals of the others.
            return "".join(c.swapcase() if c.isascii() and rng.random() < 0.5 else c for c in part)


def test_the_whole_stock(api: httpx.Client) -> None:
    """Without filters the search shows everything, five by five, by title"""
    check_search(api)
    check_search(api, limit=20)
    check_search(api, limit=20, sort="title")


def test_a_text(api: httpx.Client, rng: random.Random) -> None:
    """`q` looks into titles and authors, whatever the capitals"""
    for field in ("title", "author") * 4:
        check_search(api, q=piece(rng, rng.choice(stock())[field]), limit=20)
    check_search(api, q="zoë", limit=20)
    check_search(api, q="".join(rng.choice(string.ascii_lowercase) for _ in range(12)), limit=20)


def test_a_text_is_no_pattern(api: httpx.Client) -> None:
    """Every character of `q` stands for itself"""
    for text in ("t?", "(and", "one)", "r 7", "a.", "l.*", "%e", "__", "[a-z]", "\\w"):
        check_search(api, q=text, limit=20)


def test_a_text_in_one_of_the_two(api: httpx.Client, rng: random.Random) -> None:
    """`q` is in the title or in the author, not across both, nor in another field"""
    book = rng.choice(stock())
    check_search(api, q=book["title"], limit=20)
    check_search(api, q=f"{book['title'][-6:]} {book['author'][:6]}".strip(), limit=20)
    check_search(api, q=f"{book['title'][-6:]}{book['author'][:6]}".strip(), limit=20)
    check_search(api, q="ground/", limit=20)
    check_search(api, q="novels", limit=20)


def test_the_price(api: httpx.Client, rng: random.Random) -> None:
    """`min_price` and `max_price` include the price itself"""
    prices = sorted(int(book["price"]) for book in stock())
    low, high = prices[rng.randrange(2, 7)], prices[rng.randrange(8, 14)]
    for price in (low, high):
        check_search(api, min_price=price, limit=20)
        check_search(api, max_price=price, limit=20)
        check_search(api, min_price=price + 1, limit=20)
        check_search(api, max_price=price - 1, limit=20)
    check_search(api, min_price=low, max_price=high, limit=20)
    check_search(api, max_price=0)


def test_in_stock_or_not(api: httpx.Client) -> None:
    """`in_stock` shows what is there with true, what is not with false"""
    check_search(api, in_stock=True, limit=20)
    check_search(api, in_stock=False, limit=20)


def test_sorted_by_price(api: httpx.Client) -> None:
    """`sort=price` shows the cheapest first, equal prices by title"""
    check_search(api, sort="price", limit=20)
    check_search(api, sort="price")


def test_skip_and_limit(api: httpx.Client, rng: random.Random) -> None:
    """`skip` and `limit` cut what was found and sorted"""
    for sort in ("title", "price"):
        skip, limit = rng.randint(1, 8), rng.randint(1, 4)
        check_search(api, skip=skip, limit=limit, sort=sort)
        check_search(api, skip=skip, sort=sort)
    check_search(api, skip=rng.randint(1, 2), limit=2, in_stock=False)
    check_search(api, skip=rng.randint(100, 10**6))


def test_all_together(api: httpx.Client, rng: random.Random) -> None:
    """What is found fits every filter that was given"""
    check_search(api, q="haddad", min_price=1051, in_stock=True)
    check_search(api, q="north", max_price=2000, in_stock=False)
    for _ in range(6):
        low = rng.randrange(0, 1200)
        check_search(
            api,
            q=rng.choice(["an", "er", "or", "in", "th", "on", "is", "ea"]),
            min_price=low,
            max_price=low + rng.randrange(300, 2500),
            in_stock=rng.random() < 0.7,
            sort=rng.choice(["title", "price"]),
            limit=rng.randint(2, 20),
        )


def test_unknown_parameters(api: httpx.Client, rng: random.Random) -> None:
    """Parameters that are in no table are ignored"""
    name = "x" + "".join(rng.choice(string.ascii_lowercase) for _ in range(7))
    answer = api.get("/books", params={name: rng.choice(["1", "yes", "novels"]), "limit": "20"})
    asked = "the search with an unknown parameter"
    check_list(json_in(answer, asked), expected_for({"limit": 20}), asked)
