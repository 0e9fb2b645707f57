"""Whether one of several wins when all come at the same moment."""

import random
from typing import Any

import httpx

from support import Body, a_book, a_member, lend, lent, made, page, word

AT_ONCE = 6
Call = tuple[str, str, Any]


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


def test_two_desks(api: httpx.Client, rng: random.Random) -> None:
    """When both desks return one loan, or take one email or isbn, one of the two succeeds"""
    books = [made(api, "/books", a_book(rng)) for _ in range(3)]
    loan = lent(api, books[2], made(api, "/members", a_member(rng)))
    email, isbn = a_member(rng)["email"], a_book(rng)["isbn"]
    double = a_book(rng)
    pairs: dict[str, tuple[int, list[Call]]] = {
        "return one loan": (200, [("POST", f"/loans/{loan['id']}/return", None)] * 2),
        "add members with one email": (
            201,
            [("POST", "/members", {"name": word(rng), "email": email}) for _ in range(2)],
        ),
        "change two books to one isbn": (
            200,
            [("PUT", f"/books/{book['id']}", {**a_book(rng), "isbn": isbn}) for book in books[:2]],
        ),
        "import one isbn": (201, [("POST", "/books/import", [a_book(rng), double])] * 2),
    }
    calls = [call for _status, pair in pairs.values() for call in pair]
    statuses = together(
        api, [{"method": method, "path": path, "body": body} for method, path, body in calls]
    )
    for place, (what, (status, _calls)) in enumerate(pairs.items()):
        found = sorted(statuses[2 * place : 2 * place + 2])
        assert found == [status, 409], (
            f"of two who {what} at the same moment one should get {status} and the other 409; "
            f"the answers were {', '.join(map(str, found))}"
        )
    lent(api, books[2], loan["member"])
