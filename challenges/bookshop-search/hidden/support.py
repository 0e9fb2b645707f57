"""What the hidden tests share."""

import json
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
