"""What the hidden tests share."""

import random
import string
from typing import Any

import httpx

Body = dict[str, Any]
LETTERS = string.ascii_letters + "äéßλж漢 '&%"


def word(rng: random.Random, shortest: int = 6, longest: int = 18) -> str:
    inner = "".join(rng.choice(LETTERS) for _ in range(rng.randint(shortest, longest)))
    return f"{rng.choice(string.ascii_letters)}{inner}."


def of_length(rng: random.Random, size: int) -> str:
    return "".join(rng.choice(LETTERS) for _ in range(size))


def letters(rng: random.Random) -> str:
    """A text that stands in a file as it is."""
    return "".join(rng.choice(string.ascii_letters) for _ in range(30))


def check_kept(api: httpx.Client, texts: list[str]) -> None:
    for text in texts:
        told = api.post("/driver/kept", json={"text": text}).json()
        assert told == {"kept": True}, (
            "the file library.db beside main.py should hold what was sent"
        )


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


def start_counting(api: httpx.Client) -> None:
    answer = api.post("/driver/count")
    assert answer.status_code == 200, "the driver should answer; does the service change its paths?"


def counted(api: httpx.Client, what: str) -> int:
    """One of the numbers that the driver tells."""
    told = api.get("/driver/count").json()
    number = told.get(what) if isinstance(told, dict) else None
    assert isinstance(number, int), "the driver should tell what it has counted"
    return number


def brought_back(api: httpx.Client, loan: Body) -> Body:
    answer = api.post(f"/loans/{loan['id']}/return")
    found = answer.status_code
    assert found == 200, f"returning a book should answer 200, got {found}"
    back = loan_in(answer.json(), "a returned loan")
    assert back == {**loan, "returned": True}, "returning should change `returned` and no more"
    return back


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
