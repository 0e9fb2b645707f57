"""Whether a shelf is one of six names, and nothing else."""

import random

import httpx

from support import SHELVES, check_list, json_in, stock, use_the_shop, word


def check_shelf(api: httpx.Client, shelf: str, **unknown: str) -> None:
    asked = f"GET /shelves/{shelf}"
    if unknown:
        asked += " with a parameter that is not its own"
    expected = [book for book in stock() if book["shelf"] == shelf]
    check_list(json_in(api.get(f"/shelves/{shelf}", params=unknown), asked), expected, asked)


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
    near = (shelf + "x", shelf[:-1], f"{shelf}%20", shelf.capitalize(), shelf.upper(), "MAPS")
    for name in ("x" + word(rng, rng.randint(7, 10)), *near, "all", "stra%C3%9Fe"):
        status = api.get(f"/shelves/{name}").status_code
        assert status == 422, (
            f"a shelf that is not one of the six should answer 422, it answered {status}"
        )


def test_what_was_asked_before(api: httpx.Client, rng: random.Random) -> None:
    """A shelf stays the same whatever was asked before, and with an unknown parameter"""
    use_the_shop(api, rng)
    for shelf in SHELVES:
        check_shelf(api, shelf)
        check_shelf(api, shelf, **{rng.choice(["limit", "skip", "x" + word(rng, 6)]): "1"})
    check_shelf(api, "novels", limit="1")
    check_shelf(api, "novels", sort="price")
