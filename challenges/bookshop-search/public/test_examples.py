"""The examples of the statement: Run checks these, and you see all of them."""

from typing import Any

import httpx

BORROWED_LIGHT = {
    "id": 40,
    "title": "Borrowed Light",
    "author": "Jonas Weir",
    "shelf": "poetry",
    "place": "ground/north",
    "year": 1987,
    "price": 640,
    "in_stock": False,
}


def ids_of(answer: httpx.Response) -> list[Any]:
    """The numbers of the books in a list, in its order."""
    status = answer.status_code
    assert status == 200, f"expected status 200, got {status}: {answer.text[:200]}"
    books = answer.json()
    assert isinstance(books, list), f"expected a JSON list, got {answer.text[:200]}"
    assert all(isinstance(book, dict) for book in books), f"these are no books: {books[:3]}"
    return [book.get("id") for book in books]


def test_one_book(api: httpx.Client) -> None:
    """GET /books/40 shows the book with this number"""
    answer = api.get("/books/40")
    status = answer.status_code
    assert status == 200, f"expected status 200, got {status}: {answer.text[:200]}"
    assert answer.json() == BORROWED_LIGHT, f"GET /books/40 answered {answer.text[:300]}"


def test_the_latest_books(api: httpx.Client) -> None:
    """GET /books/latest?count=2 lists the books 52 and 31"""
    found = ids_of(api.get("/books/latest", params={"count": 2}))
    assert found == [52, 31], f"expected the books 52 and 31, got {found}"


def test_a_shelf(api: httpx.Client) -> None:
    """GET /shelves/poetry lists three books by title"""
    found = ids_of(api.get("/shelves/poetry"))
    assert found == [40, 52, 36], f"expected the books 40, 52 and 36, got {found}"


def test_a_place(api: httpx.Client) -> None:
    """GET /places/ground/north/top lists three books by title"""
    found = ids_of(api.get("/places/ground/north/top"))
    assert found == [71, 44, 4], f"expected the books 71, 44 and 4, got {found}"


def test_two_shelves_and_a_price(api: httpx.Client) -> None:
    """The search with two shelves and a price, cheapest first"""
    params = {"shelf": ["novels", "poetry"], "max_price": 1000, "sort": "price"}
    found = ids_of(api.get("/books", params=params))
    expected = [52, 40, 4, 63, 36]
    assert found == expected, f"expected the books {expected}, got {found}"


def test_a_text(api: httpx.Client) -> None:
    """The search for winter among what is in stock"""
    found = ids_of(api.get("/books", params={"q": "winter", "in_stock": "true"}))
    assert found == [52, 1], f"expected the books 52 and 1, got {found}"


def test_a_limit_of_zero(api: httpx.Client) -> None:
    """GET /books?limit=0 answers 422"""
    status = api.get("/books", params={"limit": 0}).status_code
    assert status == 422, f"GET /books?limit=0 should answer 422, it answered {status}"
