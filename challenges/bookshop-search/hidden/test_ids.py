"""Whether a book is found by its number, and by nothing else."""

import json
import random
import string
from typing import Any

import httpx

FIELDS = ("id", "title", "author", "shelf", "place", "year", "price", "in_stock")
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


def stock() -> list[dict[str, Any]]:
    """The books of the statement, by title."""
    rows = [line.split("|") for line in STOCK.strip().splitlines()]
    books: list[dict[str, Any]] = [dict(zip(FIELDS, row, strict=True)) for row in rows]
    for book in books:
        book.update({name: int(book[name]) for name in ("id", "year", "price")})
        book["in_stock"] = book["in_stock"] == "true"
    return sorted(books, key=lambda book: str(book["title"]))


def same(found: object, expected: object) -> bool:
    """Compared as JSON, because Python takes 1 for True and for 1.0."""
    return json.dumps(found, sort_keys=True) == json.dumps(expected, sort_keys=True)


def json_in(answer: httpx.Response, asked: str) -> Any:
    status = answer.status_code
    assert status == 200, f"{asked} should answer 200, it answered {status}"
    return answer.json()


def word(rng: random.Random) -> str:
    return "".join(rng.choice(string.ascii_lowercase) for _ in range(rng.randint(6, 10)))


def check_one_book(api: httpx.Client, rng: random.Random) -> None:
    """An app that refuses everything has not earned its refusals."""
    book = rng.choice(stock())
    found = json_in(api.get(f"/books/{book['id']}"), "GET /books/{book_id} with a known number")
    assert isinstance(found, dict), "GET /books/{book_id} should answer with a JSON object"
    assert found.keys() == set(FIELDS), "a book should have exactly the eight stated fields"
    assert same(found, book), "GET /books/{book_id} should show the book with this number"


def test_every_book(api: httpx.Client) -> None:
    """GET /books/{book_id} shows each book of the stock"""
    for book in stock():
        found = json_in(api.get(f"/books/{book['id']}"), "GET /books/{book_id} with a known number")
        assert isinstance(found, dict), "GET /books/{book_id} should answer with a JSON object"
        assert found.keys() == set(FIELDS), "a book should have exactly the eight stated fields"
        for field in FIELDS:
            assert same(found[field], book[field]), (
                f"`{field}` should be the value of the table, with its JSON type"
            )


def test_numbers_without_a_book(api: httpx.Client, rng: random.Random) -> None:
    """A number from 1 up that no book has answers 404"""
    check_one_book(api, rng)
    taken = {book["id"] for book in stock()}
    free = [number for number in range(1, 80) if number not in taken]
    for number in (2, *rng.sample(free, 3), 72, rng.randint(1000, 10**6)):
        answer = api.get(f"/books/{number}")
        status = answer.status_code
        assert status == 404, f"a number without a book should answer 404, it answered {status}"
        body = answer.json()
        assert isinstance(body, dict) and "detail" in body, (
            "the 404 of a book should be a JSON object with a field `detail`"
        )


def test_numbers_that_are_too_small(api: httpx.Client, rng: random.Random) -> None:
    """0 and negative numbers answer 422"""
    check_one_book(api, rng)
    for number in (0, -1, -rng.randint(2, 999)):
        status = api.get(f"/books/{number}").status_code
        assert status == 422, f"a `book_id` below 1 should answer 422, it answered {status}"


def test_what_is_no_whole_number(api: httpx.Client, rng: random.Random) -> None:
    """Texts and fractions answer 422"""
    check_one_book(api, rng)
    number = rng.choice(stock())["id"]
    for text in (word(rng), f"{number}{word(rng)}", f"{number}.5", f"{number},5"):
        status = api.get(f"/books/{text}").status_code
        assert status == 422, (
            f"a `book_id` that is no whole number should answer 422, it answered {status}"
        )
