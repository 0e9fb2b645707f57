"""Whether books are kept, shown, changed and removed, in the file."""

import random
import string

import httpx

from support import Body, a_book, check_kept, letters, made, of_length, word


def check_shown(api: httpx.Client, book: Body) -> None:
    answer = api.get(f"/books/{book['id']}")
    found = answer.status_code
    assert found == 200, f"GET of a book should answer 200, got {found}"
    assert answer.json() == book, "GET of a book should show it as it is"


def check_missing(api: httpx.Client, book: Body) -> None:
    found = api.get(f"/books/{book['id']}").status_code
    assert found == 404, f"GET of a book that is not there should answer 404, got {found}"


def test_books_come_back(api: httpx.Client, rng: random.Random) -> None:
    """Books are answered with 201 as they were sent, and GET shows each of them"""
    books = []
    for _ in range(4):
        body = a_book(rng)
        book = made(api, "/books", body)
        assert book == {"id": book["id"], **body}, "a new book should be as it was sent"
        books.append(book)
    assert len({book["id"] for book in books}) == 4, "four books should have four ids"
    for book in rng.sample(books, 4):
        check_shown(api, book)


def test_the_file(api: httpx.Client, rng: random.Random) -> None:
    """What was sent is in library.db"""
    titles = [letters(rng) for _ in range(3)]
    books = [made(api, "/books", {**a_book(rng), "title": title}) for title in titles]
    check_kept(api, titles)
    changed = {**a_book(rng), "title": letters(rng)}
    found = api.put(f"/books/{books[1]['id']}", json=changed).status_code
    assert found == 200, f"PUT of a book should answer 200, got {found}"
    check_kept(api, [changed["title"]])
    told = api.post("/driver/kept", json={"text": letters(rng)}).json()
    assert told == {"kept": False}, "library.db should hold nothing else"


def test_changing_a_book(api: httpx.Client, rng: random.Random) -> None:
    """PUT replaces isbn and title, and touches no other book"""
    other, book = made(api, "/books", a_book(rng)), made(api, "/books", a_book(rng))
    for body in (a_book(rng), {"isbn": "", "title": word(rng)}):
        body["isbn"] = body["isbn"] or book["isbn"]
        answer = api.put(f"/books/{book['id']}", json=body)
        found = answer.status_code
        assert found == 200, f"PUT of a book should answer 200, got {found}"
        book = {"id": book["id"], **body}
        assert answer.json() == book, "PUT should answer with the book as it is now"
        check_shown(api, book)
    check_shown(api, other)


def test_removing_a_book(api: httpx.Client, rng: random.Random) -> None:
    """DELETE answers 204; then the book is gone, for PUT and DELETE too, and its isbn is free"""
    body = a_book(rng)
    book, other = made(api, "/books", body), made(api, "/books", a_book(rng))
    found = api.delete(f"/books/{book['id']}").status_code
    assert found == 204, f"DELETE of a book that was never lent should answer 204, got {found}"
    for missing in (book, {"id": other["id"] + rng.randint(10**3, 10**6)}):
        check_missing(api, missing)
        found = api.put(f"/books/{missing['id']}", json=a_book(rng)).status_code
        assert found == 404, f"PUT of a book that is not there should answer 404, got {found}"
        found = api.delete(f"/books/{missing['id']}").status_code
        assert found == 404, f"DELETE of a book that is not there should answer 404, got {found}"
    check_shown(api, other)
    check_shown(api, made(api, "/books", body))


def test_the_bounds_of_a_book(api: httpx.Client, rng: random.Random) -> None:
    """Titles have 1 to 200 characters and an isbn 13 digits 0 to 9; all else is 422"""
    title = of_length(rng, 200)
    for text in (of_length(rng, 1), title, " ", f" {word(rng)}\n"):
        body = {"isbn": "0" + a_book(rng)["isbn"][1:], "title": text}
        book = made(api, "/books", body)
        assert book["title"] == text, "titles should stay as sent, with spaces at their ends too"
        assert book["isbn"] == body["isbn"], "an isbn may begin with 0, and should stay as sent"
        check_shown(api, book)
    good, isbn = a_book(rng), a_book(rng)["isbn"]
    letter = rng.choice(string.ascii_letters)
    wrong: list[Body] = [{"title": title} for title in ("", title + "x")]
    wrong += [{"isbn": each} for each in (isbn[1:], isbn + "0", isbn[1:] + letter, letter + isbn)]
    wrong += [{"isbn": each} for each in (f"{isbn}\n", f" {isbn}", f"{isbn[:12]} ", "")]
    for zero in "\N{ARABIC-INDIC DIGIT ZERO}\N{FULLWIDTH DIGIT ZERO}":
        wrong.append({"isbn": "".join(chr(ord(zero) + int(digit)) for digit in isbn)})
    for change in [*wrong, {"title": None}, {"isbn": None}]:
        body = {key: value for key, value in {**good, **change}.items() if value is not None}
        for found in (
            api.post("/books", json=body).status_code,
            api.put(f"/books/{book['id']}", json=body).status_code,
        ):
            assert found == 422, f"a body that breaks the rules should get 422, got {found}"
    check_shown(api, book)
    made(api, "/books", {"isbn": isbn, "title": good["title"]})
