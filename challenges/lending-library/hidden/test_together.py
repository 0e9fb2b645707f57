"""Whether one of several wins when all come at the same moment."""

import random

import httpx

from support import Body, a_book, a_member, lend, made, page, word

AT_ONCE = 6


def together(api: httpx.Client, calls: list[Body]) -> list[int]:
    """The statuses of calls that the driver makes at the same moment."""
    answers = api.post("/driver/together", json=calls).json()
    assert isinstance(answers, list) and len(answers) == len(calls), "the driver should answer"
    statuses = [answer.get("status") for answer in answers if isinstance(answer, dict)]
    return [status for status in statuses if isinstance(status, int)]


def check_one(statuses: list[int], what: str) -> None:
    expected = [201] + [409] * (AT_ONCE - 1)
    assert sorted(statuses) == expected, (
        f"of {AT_ONCE} who want {what} at the same moment one should get 201 and the others 409; "
        f"the answers were {', '.join(map(str, sorted(statuses)))}"
    )


def test_one_book(api: httpx.Client, rng: random.Random) -> None:
    """Of six members who ask for one book at the same moment, one gets it"""
    book = made(api, "/books", a_book(rng))
    members = [made(api, "/members", a_member(rng)) for _ in range(AT_ONCE)]
    calls = []
    for member in members:
        body = {"book_id": book["id"], "member_id": member["id"]}
        calls.append({"method": "POST", "path": "/loans", "body": body})
    check_one(together(api, calls), "one book")
    _total, shown = page(api, open="true", limit=AT_ONCE)
    count = sum(loan["book"] == book for loan in shown)
    assert count == 1, f"one loan of the book should be open afterwards, there are {count}"
    found = lend(api, book, members[0]).status_code
    assert found == 409, f"the book is away afterwards, which is a 409, got {found}"


def test_one_isbn(api: httpx.Client, rng: random.Random) -> None:
    """Of six books of one isbn that come at the same moment, one is added"""
    body = a_book(rng)
    calls = [{"method": "POST", "path": "/books", "body": {**body, "title": word(rng)}}] * AT_ONCE
    check_one(together(api, calls), "one isbn")
    made(api, "/books", a_book(rng))
    found = api.post("/books", json=body).status_code
    assert found == 409, f"the isbn is taken afterwards, which is a 409, got {found}"
