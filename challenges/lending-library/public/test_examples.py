"""The examples of the statement: Run checks these, and you see all of them."""

from typing import Any

import httpx

C_BOOK = {"isbn": "9780131103627", "title": "The C Programming Language"}
ADA = {"name": "Ada", "email": "ada@example.org"}


def made(api: httpx.Client, path: str, body: object) -> dict[str, Any]:
    """What POST answers to a body that is fine."""
    answer = api.post(path, json=body)
    found = answer.status_code
    assert found == 201, f"POST {path} should answer 201, got {found}: {answer.text[:200]}"
    row = answer.json()
    assert isinstance(row, dict) and "id" in row, f"expected an object with an id, got {row}"
    return row


def lent(api: httpx.Client) -> dict[str, Any]:
    """A loan of a new book to a new member."""
    ids = {"book_id": made(api, "/books", C_BOOK)["id"]}
    ids["member_id"] = made(api, "/members", ADA)["id"]
    return made(api, "/loans", ids)


def test_add_a_book(api: httpx.Client) -> None:
    """POST /books answers 201, and GET shows the book"""
    book = made(api, "/books", C_BOOK)
    assert book == {"id": book["id"], **C_BOOK}, f"the book is not as it was sent: {book}"
    answer = api.get(f"/books/{book['id']}")
    assert answer.status_code == 200, f"GET of the book answered {answer.status_code}"
    assert answer.json() == book, f"GET shows {answer.text[:200]}"


def test_a_double_isbn(api: httpx.Client) -> None:
    """POST /books with an isbn that is taken answers 409"""
    made(api, "/books", C_BOOK)
    found = api.post("/books", json={**C_BOOK, "title": "Another one"}).status_code
    assert found == 409, f"expected status 409, got {found}"


def test_lend_a_book(api: httpx.Client) -> None:
    """POST /loans answers 201 with book and member, and 409 while the book is away"""
    loan = lent(api)
    book, member = loan.get("book"), loan.get("member")
    assert isinstance(book, dict) and book.get("isbn") == C_BOOK["isbn"], f"got {loan}"
    assert isinstance(member, dict) and member.get("name") == "Ada", f"got {loan}"
    assert loan.get("returned") is False, f"a new loan is not returned, got {loan}"
    other = made(api, "/members", {"name": "Grace", "email": "grace@example.org"})
    answer = api.post("/loans", json={"book_id": book.get("id"), "member_id": other["id"]})
    assert answer.status_code == 409, f"expected status 409, got {answer.status_code}"


def test_return_a_book(api: httpx.Client) -> None:
    """POST /loans/{id}/return answers 200 with the loan"""
    loan = lent(api)
    answer = api.post(f"/loans/{loan['id']}/return")
    assert answer.status_code == 200, f"expected status 200, got {answer.status_code}"
    assert answer.json() == {**loan, "returned": True}, f"got {answer.text[:300]}"


def test_the_list(api: httpx.Client) -> None:
    """GET /loans shows the loans and counts them"""
    loan = lent(api)
    answer = api.get("/loans", params={"open": "true"})
    assert answer.status_code == 200, f"GET /loans answered {answer.status_code}"
    assert answer.json() == {"total": 1, "loans": [loan]}, f"got {answer.text[:300]}"


def test_import_all_or_nothing(api: httpx.Client) -> None:
    """POST /books/import with a double isbn answers 409 and adds nothing"""
    other = {"isbn": "9780201896831", "title": "The Art of Computer Programming"}
    found = api.post("/books/import", json=[other, C_BOOK, C_BOOK]).status_code
    assert found == 409, f"expected status 409, got {found}"
    made(api, "/books", other)
