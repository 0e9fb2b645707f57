"""Whether no request keeps a connection."""

import random
from typing import Any

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
    check_status(api.get("/loans", params={"open": "true"}), 200, "GET /loans?open=true")
    check_none_in_use(api, "GET /loans?open=true")
    check_status(api.put(f"/books/{book['id']}", json=a_book(rng)), 200, "PUT of a book")
    check_none_in_use(api, "PUT of a book")
    answer = api.post("/books/import", json=[a_book(rng) for _ in range(3)])
    check_status(answer, 201, "an import")
    check_none_in_use(api, "an import")
    spare = made(api, "/books", a_book(rng))
    check_status(api.delete(f"/books/{spare['id']}"), 204, "DELETE of a book")
    check_none_in_use(api, "DELETE of a book")
    made(api, "/members", a_member(rng))
    check_none_in_use(api, "POST /members")
    book = made(api, "/books", a_book(rng))
    check_status(api.get(f"/books/{book['id'] + 10**6}"), 404, "a book that is not there")
    check_none_in_use(api, "a 404")
    taken = {**a_book(rng), "isbn": book["isbn"]}
    check_status(api.post("/books", json=taken), 409, "an isbn that is taken")
    check_none_in_use(api, "a 409")
    check_status(lend(api, loan["book"], loan["member"]), 409, "a book that is away")
    check_none_in_use(api, "a 409 for a book that is away")
    check_status(api.post("/books", json={**taken, "title": ""}), 422, "an empty title")
    check_none_in_use(api, "a 422")
    check_status(api.post(f"/loans/{loan['id']}/return"), 200, "returning a book")
    check_none_in_use(api, "returning a book")


def test_after_refusals(api: httpx.Client, rng: random.Random) -> None:
    """After refusals of every kind, several of each, no connection is in use"""
    book, other = made(api, "/books", a_book(rng)), made(api, "/books", a_book(rng))
    loan = lent(api, book, made(api, "/members", a_member(rng)))
    again = f"/loans/{loan['id']}/return"
    check_status(api.post(again), 200, "returning a book")
    far = rng.randint(10**3, 10**6)
    taken = {**a_book(rng), "isbn": other["isbn"]}
    namesake = {**a_member(rng), "email": loan["member"]["email"]}
    nobody = {"book_id": book["id"], "member_id": far}
    refused: dict[str, tuple[str, str, Any]] = {
        "returning a loan again": ("POST", again, None),
        "returning a loan that is not there": ("POST", f"/loans/{far}/return", None),
        "PUT with an isbn that is taken": ("PUT", f"/books/{book['id']}", taken),
        "PUT of a book that is not there": ("PUT", f"/books/{far}", a_book(rng)),
        "DELETE of a book that was lent": ("DELETE", f"/books/{book['id']}", None),
        "DELETE of a book that is not there": ("DELETE", f"/books/{far}", None),
        "an import with an isbn that is taken": ("POST", "/books/import", [a_book(rng), taken]),
        "an email that is taken": ("POST", "/members", namesake),
        "lending a book that is not there": ("POST", "/loans", {**nobody, "book_id": far}),
        "lending to a member who is not there": ("POST", "/loans", nobody),
        "PUT with an empty title": ("PUT", f"/books/{book['id']}", {**taken, "title": ""}),
        "an import without books": ("POST", "/books/import", []),
        "a loan without a member": ("POST", "/loans", {"book_id": book["id"]}),
        "a limit of 0": ("GET", "/loans?limit=0", None),
    }
    for what, (method, path, body) in refused.items():
        for _ in range(4):  # a connection that nobody refers to may go back by itself
            api.request(method, path, json=body)
            check_none_in_use(api, what)


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
