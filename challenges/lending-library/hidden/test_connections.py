"""Whether no request keeps a connection."""

import random

import httpx

from support import a_book, a_member, counted, lend, lent, made, start_counting


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
