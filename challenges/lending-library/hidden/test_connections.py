"""Whether no request keeps a connection."""

import random
import string
from typing import Any

import httpx

Body = dict[str, Any]
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


def start_counting(api: httpx.Client) -> None:
    answer = api.post("/driver/count")
    assert answer.status_code == 200, "the driver should answer; does the service change its paths?"


def counted(api: httpx.Client, what: str) -> int:
    """One of the numbers that the driver tells."""
    told = api.get("/driver/count").json()
    number = told.get(what) if isinstance(told, dict) else None
    assert isinstance(number, int), "the driver should tell what it has counted"
    return number


def check_none_in_use(api: httpx.Client, what: str) -> None:
    count = counted(api, "connections_in_use")
    assert count == 0, f"after {what} no connection should be checked out, there are {count}"


def check_status(answer: httpx.Response, status: int, what: str) -> None:
    found = answer.status_code
    assert found == status, f"{what} should be answered with {status}, got {found}"


def test_after_each_answer(api: httpx.Client, rng: random.Random) -> None:
    """After answers of every kind no connection is in use"""
    book = made(api, "/books", a_book(rng))
    check_none_in_use(api, "POST /books")
    loan = lent(api, book, made(api, "/members", a_member(rng)))
    check_none_in_use(api, "POST /loans")
    check_status(api.get(f"/books/{book['id']}"), 200, "GET of a book")
    check_none_in_use(api, "GET of a book")
    check_status(api.get("/loans"), 200, "GET /loans")
    check_none_in_use(api, "GET /loans")
    check_status(api.get(f"/books/{book['id'] + 10**6}"), 404, "a book that is not there")
    check_none_in_use(api, "a 404")
    taken = {**a_book(rng), "isbn": book["isbn"]}
    check_status(api.post("/books", json=taken), 409, "an isbn that is taken")
    check_none_in_use(api, "a 409")
    check_status(lend(api, book, loan["member"]), 409, "a book that is away")
    check_none_in_use(api, "a 409 for a book that is away")
    check_status(api.post("/books", json={**taken, "title": ""}), 422, "an empty title")
    check_none_in_use(api, "a 422")
    check_status(api.post(f"/loans/{loan['id']}/return"), 200, "returning a book")
    check_none_in_use(api, "returning a book")


def test_after_many_at_once(api: httpx.Client, rng: random.Random) -> None:
    """After many requests at the same moment no connection is in use"""
    books = [made(api, "/books", a_book(rng)) for _ in range(5)]
    paths = [f"/books/{book['id']}" for book in books] + ["/loans"]
    calls = [{"method": "GET", "path": path} for path in paths * 4]
    answers = api.post("/driver/together", json=calls).json()
    assert isinstance(answers, list) and len(answers) == len(calls), "the driver should answer"
    statuses = {answer.get("status") for answer in answers if isinstance(answer, dict)}
    assert statuses == {200}, f"{len(calls)} reads at the same moment should all get 200"
    check_none_in_use(api, f"{len(calls)} reads at the same moment")
    start_counting(api)
    check_status(api.get(f"/books/{books[0]['id']}"), 200, "GET of a book")
    assert counted(api, "statements") >= 1, "the statements should go through SQLAlchemy"
