"""What the hidden tests share."""

import json
import random
import string
from collections.abc import Iterable
from functools import cache
from itertools import pairwise
from typing import Any

import httpx

FIELDS = ("id", "title", "author", "shelf", "place", "year", "price", "in_stock")
SHELVES = ("novels", "poetry", "science", "history", "children", "maps")
OTHERS = ("q", "min_price", "max_price", "in_stock", "sort", "skip", "limit")
STOCK = """
1|Winter Bees|Ines Duarte|novels|ground/window|2019|1250|true
4|The Lighthouse Ledger|Tomas Berg|novels|ground/north/top|2004|895|true
7|Counting Stones|Mira Okafor|science|first/east|2021|2400|false
12|Atlas of Small Rivers|Zoë Lindqvist|history|first/west/atlases|1998|3150|true
15|Kites over Porto|Ines Duarte|children|ground/corner|2015|750|true
23|Five Winters North|Tomas Berg|history|first/west|2011|1600|false
28|Nine Short Proofs (and One Long)|Mira Okafor|science|first/east/maths|2008|1250|true
31|Is This Left?|Pia Rossi|children|ground/corner|2023|750|false
36|Salt and Signal|Jonas Weir|poetry|ground/north|2017|980|true
40|Borrowed Light|Jonas Weir|poetry|ground/north|1987|640|false
44|Half a Map|Zoë Lindqvist|novels|ground/north/top|2022|1400|true
52|Readings This Winter|The Bookshop|poetry|ground/window|2024|0|true
57|Quarks for Breakfast|Pia Rossi|science|first/east|2013|1100|true
63|Under the Tram Lines|Tomas Berg|novels|ground/northwest|2009|895|false
68|Domes of the North|Amal Haddad|history|first/west/atlases|2020|2750|true
71|Ghosts of Pier 7|Amal Haddad|novels|ground/north/top|2016|1050|true
"""


@cache
def stock() -> list[dict[str, Any]]:
    """The books of the statement, by title."""
    rows = [line.split("|") for line in STOCK.strip().splitlines()]
    books: list[dict[str, Any]] = [dict(zip(FIELDS, row, strict=True)) for row in rows]
    for book in books:
        book.update({name: int(book[name]) for name in ("id", "year", "price")})
        book["in_stock"] = book["in_stock"] == "true"
    return sorted(books, key=lambda book: str(book["title"]))


def word(rng: random.Random, length: int) -> str:
    return "".join(rng.choice(string.ascii_lowercase) for _ in range(length))


def same(found: object, expected: object) -> bool:
    """Compared as JSON, because Python takes 1 for True and for 1.0."""
    return json.dumps(found, sort_keys=True) == json.dumps(expected, sort_keys=True)


def json_in(answer: httpx.Response, asked: str) -> Any:
    status = answer.status_code
    assert status == 200, f"{asked} should answer 200, it answered {status}"
    return answer.json()


def check_list(found: object, expected: list[dict[str, Any]], asked: str) -> None:
    assert isinstance(found, list), f"{asked} should answer with a plain JSON list"
    ids = [book.get("id") if isinstance(book, dict) else None for book in found]
    wanted = [book["id"] for book in expected]
    assert len(ids) == len(wanted), (
        f"{asked} should list {len(wanted)} book(s), it listed {len(ids)}"
    )
    assert sorted(map(str, ids)) == sorted(map(str, wanted)), f"{asked} listed other books"
    assert ids == wanted, f"{asked} should list its books in the stated order"
    assert same(found, expected), f"{asked} should show each book with exactly its eight fields"


def fits(book: dict[str, Any], asked: dict[str, Any]) -> bool:
    text = str(asked.get("q", "")).lower()
    return (
        (text in book["title"].lower() or text in book["author"].lower())
        and asked.get("min_price", 0) <= book["price"] <= asked.get("max_price", 10**6)
        and asked.get("in_stock", book["in_stock"]) == book["in_stock"]
        and book["shelf"] in (asked.get("shelf") or [book["shelf"]])
    )


def expected_for(asked: dict[str, Any]) -> list[dict[str, Any]]:
    found = [book for book in stock() if fits(book, asked)]
    if asked.get("sort") == "price":
        found.sort(key=lambda book: int(book["price"]))
    skip = int(asked.get("skip", 0))
    return found[skip : skip + int(asked.get("limit", 5))]


def as_sent(value: object) -> object:
    if isinstance(value, bool):
        return str(value).lower()
    return value if isinstance(value, list) else str(value)


def name_of(name: str, value: object) -> str:
    return f"`{name}` given {len(value)} time(s)" if isinstance(value, list) else f"`{name}`"


def check_search(api: httpx.Client, **asked: Any) -> None:
    names = " and ".join(name_of(name, value) for name, value in asked.items())
    shown = f"the search with {names}" if asked else "the search without parameters"
    params: Any = {name: as_sent(value) for name, value in asked.items()}
    check_list(json_in(api.get("/books", params=params), shown), expected_for(asked), shown)


def some_value(rng: random.Random, name: str, shelves: int) -> Any:
    book = rng.choice(stock())
    text = rng.choice([book["title"], book["author"]])
    pairs = [first + second for first, second in pairwise(text)]
    return {
        "q": rng.choice([pair for pair in pairs if pair.isascii() and pair.isalpha()]),
        "shelf": rng.sample(SHELVES[:5], shelves),
        "min_price": int(book["price"]),
        "max_price": int(book["price"]) or 640,
        "in_stock": rng.random() < 0.5,
        "sort": "price",
        "skip": rng.randint(1, 3),
        "limit": rng.choice([1, 2, 3, 20]),
    }[name]


def telling(rng: random.Random, names: Iterable[str], shelves: int = 1) -> dict[str, Any]:
    """Values for these parameters, each of which makes a difference to what is found."""
    while True:
        asked = {name: some_value(rng, name, shelves) for name in names}
        expected = expected_for(asked)
        fewer = [{other: asked[other] for other in asked if other != name} for name in asked]
        if expected and all(expected_for(rest) != expected for rest in fewer):
            return asked


def use_the_shop(api: httpx.Client, rng: random.Random) -> None:
    """All that visitors ask for, taken or refused; it leaves no trace."""
    searches: list[dict[str, Any]] = [
        {"sort": "price", "limit": 20},
        {"q": rng.choice(stock())["title"][:4]},
        {"q": "th", "shelf": ["novels", "poetry"], "sort": "price", "skip": 1},
        {"shelf": rng.choice(SHELVES), "in_stock": "true", "min_price": 1, "max_price": 2000},
        {"limit": 0},
    ]
    for asked in searches:
        api.get("/books", params=asked)
    book = rng.choice(stock())
    for path in ("latest?count=10", "latest?count=0", f"{book['id']}", "2", "0"):
        api.get(f"/books/{path}")
    for path in ("shelves/maps", f"shelves/{book['shelf']}", f"places/{book['place']}", "places/x"):
        api.get(f"/{path}")
