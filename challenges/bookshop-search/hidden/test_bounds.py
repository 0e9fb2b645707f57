"""Whether every bound holds on both sides, and the 422 says which parameter it was."""

import random
from typing import Any

import httpx

from support import SHELVES, word

HUGE = (2**31, 2**63, 10**24)


def check_taken(api: httpx.Client, path: str, name: str, value: object) -> list[Any]:
    answer = api.get(path, params={name: str(value)})
    status = answer.status_code
    what = f"GET {path} with an allowed `{name}`"
    assert status == 200, f"{what} should answer 200, it answered {status}"
    found = answer.json()
    assert isinstance(found, list), f"{what} should answer with a plain JSON list"
    return found


def check_refused(answer: httpx.Response, asked: str, place: list[str]) -> None:
    status = answer.status_code
    assert status == 422, f"{asked} should answer 422, it answered {status}"
    body = answer.json()
    assert isinstance(body, dict), f"the 422 to {asked} should be a JSON object"
    detail = body.get("detail")
    assert isinstance(detail, list), f"the 422 to {asked} should have a list in `detail`"
    assert place in [start_of(entry) for entry in detail], (
        f"in the 422 to {asked}, one entry of `detail` should have a `loc` that starts with {place}"
    )


def start_of(entry: Any) -> Any:
    """The first two items of an entry's `loc`, if it has one."""
    loc = entry.get("loc") if isinstance(entry, dict) else None
    return loc[:2] if isinstance(loc, list) else None


def check_bad_query(api: httpx.Client, path: str, name: str, value: object) -> None:
    answer = api.get(path, params={name: str(value)})
    check_refused(answer, f"GET {path} with a bad `{name}`", ["query", name])


def test_count(api: httpx.Client, rng: random.Random) -> None:
    """`count` of /books/latest is a whole number from 1 to 10"""
    for value in (1, 10):
        check_taken(api, "/books/latest", "count", value)
    for bad in (0, 11, -rng.randint(1, 99), rng.randint(12, 9999), *HUGE, word(rng, 5), "2.5", ""):
        check_bad_query(api, "/books/latest", "count", bad)


def test_limit(api: httpx.Client, rng: random.Random) -> None:
    """`limit` is a whole number from 1 to 20"""
    for value in (1, 20):
        check_taken(api, "/books", "limit", value)
    for bad in (0, 21, -rng.randint(1, 99), rng.randint(22, 9999), *HUGE, word(rng, 5), "2.5", ""):
        check_bad_query(api, "/books", "limit", bad)


def test_skip(api: httpx.Client, rng: random.Random) -> None:
    """`skip` is a whole number, 0 or more, however large"""
    for value in (0, 1, rng.randint(2, 9999)):
        check_taken(api, "/books", "skip", value)
    for value in HUGE:
        assert not check_taken(api, "/books", "skip", value), "a huge `skip` should leave nothing"
    for bad in (-1, -rng.randint(2, 99), -(10**24), word(rng, 5), "1.5", "inf", "nan", ""):
        check_bad_query(api, "/books", "skip", bad)


def test_prices(api: httpx.Client, rng: random.Random) -> None:
    """`min_price` and `max_price` are whole numbers, 0 or more, however large"""
    for name in ("min_price", "max_price"):
        for value in (0, 1, rng.randint(2, 10**6)):
            check_taken(api, "/books", name, value)
        for value in HUGE:
            found = check_taken(api, "/books", name, value)
            assert bool(found) == (name == "max_price"), f"no price reaches a huge `{name}`"
        fraction = f"{rng.randint(1, 30)}.5"
        for bad in (-1, -rng.randint(2, 999), -(10**24), word(rng, 5), fraction, "inf", "nan", ""):
            check_bad_query(api, "/books", name, bad)


def test_the_length_of_a_text(api: httpx.Client, rng: random.Random) -> None:
    """`q` has 2 to 40 characters"""
    for length in (2, 40):
        check_taken(api, "/books", "q", word(rng, length))
        check_taken(api, "/books", "q", "ë" * length)
    for text in (" a", "a "):
        check_taken(api, "/books", "q", text)
    for length in (0, 1, 41, rng.randint(42, 200)):
        check_bad_query(api, "/books", "q", word(rng, length))
    for length in (1, 41):
        check_bad_query(api, "/books", "q", "ë" * length)


def test_names(api: httpx.Client, rng: random.Random) -> None:
    """`sort`, `in_stock` and `shelf` take only the stated values"""
    good = {"sort": ("title", "price"), "in_stock": ("true", "false"), "shelf": SHELVES}
    for name, values in good.items():
        for value in values:
            check_taken(api, "/books", name, value)
        for bad in ("x" + word(rng, 6), ""):
            check_bad_query(api, "/books", name, bad)
    check_bad_query(api, "/books", "in_stock", "maybe")
    for bad in ("Price", "TITLE", "year", "id"):
        check_bad_query(api, "/books", "sort", bad)


def test_what_was_wrong_in_the_path(api: httpx.Client, rng: random.Random) -> None:
    """The 422 of a book or a shelf names the part of the path"""
    for path, shown in (("/books/40", "/books/{book_id}"), ("/shelves/maps", "/shelves/{shelf}")):
        status = api.get(path).status_code
        assert status == 200, f"GET {shown} with an allowed value should answer 200, not {status}"
    for bad in ("0", f"-{rng.randint(1, 99)}", "x" + word(rng, 6)):
        check_refused(api.get(f"/books/{bad}"), "a bad `book_id`", ["path", "book_id"])
    check_refused(api.get(f"/shelves/x{word(rng, 7)}"), "an unknown shelf", ["path", "shelf"])


def test_the_bad_one_among_good_ones(api: httpx.Client, rng: random.Random) -> None:
    """One bad value is refused whatever stands beside it"""
    good = {"q": word(rng, 6), "max_price": "900", "in_stock": "true", "limit": "5", "skip": "0"}
    assert api.get("/books", params=good).status_code == 200, (
        "a search with allowed values should answer 200"
    )
    bad = {"limit": "0", "skip": "-1", "max_price": "-1", "q": "x"}
    name = rng.choice(sorted(bad))
    answer = api.get("/books", params={**good, name: bad[name]})
    check_refused(answer, f"a search with a bad `{name}` among good values", ["query", name])
    answer = api.get("/books", params={"shelf": ["maps", "x" + word(rng, 6)]})
    check_refused(answer, "a search with a good `shelf` and a bad one", ["query", "shelf"])
