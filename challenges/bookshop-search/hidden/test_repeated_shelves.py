"""Whether the search takes one shelf or several, afresh with each request."""

import random
import string
from typing import Any

import httpx

from support import check_list, json_in, stock

SHELVES = ("novels", "poetry", "science", "history", "children")


def check_shelves(api: httpx.Client, shelves: list[str], **others: Any) -> None:
    asked = f"the search with `shelf` given {len(shelves)} time(s)"
    expected = [book for book in stock() if not shelves or book["shelf"] in shelves]
    expected = [book for book in expected if book["price"] <= others.get("max_price", 10**6)]
    answer = api.get("/books", params={"shelf": shelves, "limit": 20, **others})
    check_list(json_in(answer, asked), expected, asked)


def test_one_shelf(api: httpx.Client, rng: random.Random) -> None:
    """One `shelf` finds its books"""
    for shelf in rng.sample(SHELVES, 2):
        check_shelves(api, [shelf])


def test_several_shelves(api: httpx.Client, rng: random.Random) -> None:
    """Several shelves find the books on any of them, by title"""
    for count in (2, 3, 5):
        check_shelves(api, rng.sample(SHELVES, count))


def test_a_shelf_named_twice(api: httpx.Client, rng: random.Random) -> None:
    """A shelf that is named twice does not show its books twice"""
    first, second = rng.sample(SHELVES, 2)
    check_shelves(api, [first, second, first])


def test_the_empty_shelf(api: httpx.Client, rng: random.Random) -> None:
    """The empty shelf finds nothing, and adds nothing to another"""
    check_shelves(api, ["maps"])
    check_shelves(api, [rng.choice(SHELVES), "maps"])


def test_a_search_forgets_the_one_before(api: httpx.Client, rng: random.Random) -> None:
    """A search knows nothing of the shelves of the one before"""
    first, second = rng.sample(SHELVES, 2)
    check_shelves(api, [first])
    check_shelves(api, [second])
    check_shelves(api, [])
    check_shelves(api, [first, second])


def test_shelves_and_a_price(api: httpx.Client, rng: random.Random) -> None:
    """Shelves combine with the other filters"""
    check_shelves(api, rng.sample(SHELVES, 3), max_price=rng.randrange(900, 1500))


def test_one_bad_shelf_is_enough(api: httpx.Client, rng: random.Random) -> None:
    """An unknown shelf answers 422, alone or among known ones"""
    shelf = rng.choice(SHELVES)
    check_shelves(api, [shelf])
    unknown = "x" + "".join(rng.choice(string.ascii_lowercase) for _ in range(8))
    for shelves in ([unknown], [shelf, unknown], [unknown, shelf], [shelf.upper()]):
        status = api.get("/books", params={"shelf": shelves}).status_code
        assert status == 422, f"an unknown `shelf` should answer 422, it answered {status}"
