"""Whether a book is found by its number, and by nothing else."""

import random

import httpx

from support import FIELDS, json_in, same, stock, use_the_shop, word


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
    large = [rng.randint(2**31, 2**32), 2**63, rng.randint(2**64, 10**24)]
    for number in (2, *rng.sample(free, 3), 72, rng.randint(1000, 10**6), *large):
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
    for number in (0, -1, -rng.randint(2, 999), -(2**64)):
        status = api.get(f"/books/{number}").status_code
        assert status == 422, f"a `book_id` below 1 should answer 422, it answered {status}"


def test_what_is_no_whole_number(api: httpx.Client, rng: random.Random) -> None:
    """Texts and fractions answer 422"""
    check_one_book(api, rng)
    number = rng.choice(stock())["id"]
    unknown = word(rng, rng.randint(6, 10))
    for text in (unknown, f"{number}{unknown}", f"{number}.5", f"{number},5", "nan", "inf"):
        status = api.get(f"/books/{text}").status_code
        assert status == 422, (
            f"a `book_id` that is no whole number should answer 422, it answered {status}"
        )


def test_what_was_asked_before(api: httpx.Client, rng: random.Random) -> None:
    """A book stays the same whatever was asked before, and with an unknown parameter"""
    use_the_shop(api, rng)
    for book in stock():
        found = json_in(
            api.get(f"/books/{book['id']}", params={"x" + word(rng, 6): "1", "limit": "1"}),
            "after other requests, a book with an unknown parameter",
        )
        assert same(found, book), "a book should be the same before and after other requests"
