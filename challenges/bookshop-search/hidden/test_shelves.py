"""Whether a shelf is one of six names, and nothing else."""

import random
import string

import httpx

from support import check_list, json_in, stock

SHELVES = ("novels", "poetry", "science", "history", "children", "maps")


def check_shelf(api: httpx.Client, shelf: str) -> None:
    asked = f"GET /shelves/{shelf}"
    expected = [book for book in stock() if book["shelf"] == shelf]
    check_list(json_in(api.get(f"/shelves/{shelf}"), asked), expected, asked)


def test_the_shelves(api: httpx.Client, rng: random.Random) -> None:
    """Each shelf lists its books by title"""
    for shelf in rng.sample(SHELVES[:5], 5):
        check_shelf(api, shelf)


def test_the_empty_shelf(api: httpx.Client, rng: random.Random) -> None:
    """A shelf without books is an empty list"""
    check_shelf(api, rng.choice(SHELVES[:5]))
    check_shelf(api, "maps")


def test_what_is_no_shelf(api: httpx.Client, rng: random.Random) -> None:
    """Other names, and names with capitals, answer 422"""
    shelf = rng.choice(SHELVES[:5])
    check_shelf(api, shelf)
    unknown = "".join(rng.choice(string.ascii_lowercase) for _ in range(rng.randint(7, 10)))
    for name in (f"x{unknown}", shelf + "x", shelf[:-1], shelf.capitalize(), shelf.upper(), "all"):
        status = api.get(f"/shelves/{name}").status_code
        assert status == 422, (
            f"a shelf that is not one of the six should answer 422, it answered {status}"
        )
