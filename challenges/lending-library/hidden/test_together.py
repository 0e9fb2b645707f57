"""Whether one of several wins when all come at the same moment."""

import random
import string
from typing import Any

import httpx

Body = dict[str, Any]

AT_ONCE = 6

LETTERS = string.ascii_letters + "äéßλж漢 '&%"


def word(rng: random.Random, shortest: int = 6, longest: int = 18) -> str:
    inner = "".join(rng.choice(LETTERS) for _ in range(rng.randint(shortest, longest)))
    return f"{rng.choice(string.ascii_letters)}{inner}."


def a_book(rng: random.Random) -> Body:
    return {"isbn": "".join(rng.choice(string.digits) for _ in range(13)), "title": word(rng)}


def a_member(rng: random.Random) -> Body:
    name = "".join(rng.choice(string.ascii_lowercase) for _ in range(12))
    return {"name": word(rng), "email": f"{name}@example.org"}


def row_in(row: Any, fields: set[str], what: str) -> Body:
    """A book, member or loan, once its shape is sure."""
    assert isinstance(row, dict), f"{what} should be a JSON object"
    assert set(row) == fields, f"{what} should have exactly the fields {', '.join(sorted(fields))}"
    assert type(row["id"]) is int, f"the id of {what} should be a whole number"
    return row


def made(api: httpx.Client, path: str, body: Body) -> Body:
    """The book or member that POST answers to a body that is fine."""
    answer = api.post(path, json=body)
    found = answer.status_code
    assert found == 201, f"POST {path} with a body that is fine should answer 201, got {found}"
    return row_in(answer.json(), {"id", *body}, f"the answer to POST {path}")


def loan_in(loan: Any, what: str) -> Body:
    row_in(loan, {"id", "returned", "book", "member"}, what)
    row_in(loan["book"], {"id", "isbn", "title"}, f"the book in {what}")
    row_in(loan["member"], {"id", "name", "email"}, f"the member in {what}")
    assert type(loan["returned"]) is bool, f"`returned` of {what} should be true or false"
    result: Body = loan
    return result


def lend(api: httpx.Client, book: Body, member: Body) -> httpx.Response:
    return api.post("/loans", json={"book_id": book["id"], "member_id": member["id"]})


def lent(api: httpx.Client, book: Body, member: Body) -> Body:
    answer = lend(api, book, member)
    found = answer.status_code
    assert found == 201, f"lending a book that is there should answer 201, got {found}"
    loan = loan_in(answer.json(), "a new loan")
    expected = {"id": loan["id"], "returned": False, "book": book, "member": member}
    assert loan == expected, "a new loan should show its book and its member, and not be returned"
    return loan


def page(api: httpx.Client, **query: Any) -> tuple[int, list[Body]]:
    """The total and the loans of one page."""
    answer = api.get("/loans", params=query)
    found = answer.status_code
    assert found == 200, f"GET /loans should answer 200, got {found}"
    shown = answer.json()
    assert isinstance(shown, dict) and set(shown) == {"total", "loans"}, (
        "GET /loans should answer with an object that has `total` and `loans`"
    )
    assert type(shown["total"]) is int, "`total` should be a whole number"
    assert isinstance(shown["loans"], list), "`loans` should be a list"
    return shown["total"], [loan_in(loan, "a listed loan") for loan in shown["loans"]]


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
