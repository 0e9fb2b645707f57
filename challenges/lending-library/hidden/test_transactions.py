"""Whether imports add all or nothing, and answers come after the commit."""

import random

import httpx

from support import (
    Body,
    a_book,
    a_member,
    brought_back,
    counted,
    lent,
    made,
    row_in,
    start_counting,
    word,
)


def imported(api: httpx.Client, bodies: list[Body]) -> list[Body]:
    answer = api.post("/books/import", json=bodies)
    found = answer.status_code
    assert found == 201, f"an import of books that are fine should answer 201, got {found}"
    rows = answer.json()
    assert isinstance(rows, list) and len(rows) == len(bodies), (
        "an import should answer with a list of as many books as were sent"
    )
    rows = [row_in(row, {"id", "isbn", "title"}, "an imported book") for row in rows]
    told = [{"isbn": row["isbn"], "title": row["title"]} for row in rows]
    assert told == bodies, "an import should answer with the books in the order they were sent"
    return rows


def check_refused(api: httpx.Client, bodies: list[Body], status: int, what: str) -> None:
    found = api.post("/books/import", json=bodies).status_code
    assert found == status, f"an import with {what} should be answered with {status}, got {found}"


def check_not_there(api: httpx.Client, bodies: list[Body], what: str) -> None:
    """Whether these books can be added, because they are not there."""
    for body in bodies:
        found = api.post("/books", json=body).status_code
        assert found != 409, f"an import with {what} added a book although it was refused"
        assert found == 201, f"after a refused import POST /books should answer 201, got {found}"


def test_an_import(api: httpx.Client, rng: random.Random) -> None:
    """An import answers 201 with all books in order, and GET shows them"""
    for size in (1, rng.randint(8, 30)):
        books = imported(api, [a_book(rng) for _ in range(size)])
        assert len({book["id"] for book in books}) == size, "each book should have its own id"
        for book in rng.sample(books, min(size, 5)):
            answer = api.get(f"/books/{book['id']}")
            found = answer.status_code
            assert found == 200, f"GET of an imported book should answer 200, got {found}"
            assert answer.json() == book, "GET should show an imported book as it was answered"


def test_a_double_isbn(api: httpx.Client, rng: random.Random) -> None:
    """An import with an isbn that is taken, or is in it twice, answers 409 and adds nothing"""
    taken = imported(api, [a_book(rng)])[0]
    for place in (0, 2, 3):
        fresh = [a_book(rng) for _ in range(3)]
        double = {"isbn": taken["isbn"], "title": word(rng)}
        check_refused(api, [*fresh[:place], double, *fresh[place:]], 409, "a taken isbn")
        check_not_there(api, fresh, "a taken isbn")
    fresh = [a_book(rng) for _ in range(4)]
    double = {"isbn": fresh[rng.randrange(4)]["isbn"], "title": word(rng)}
    check_refused(api, [*fresh, double], 409, "one isbn twice")
    check_not_there(api, fresh, "one isbn twice")


def test_a_long_import(api: httpx.Client, rng: random.Random) -> None:
    """Of 200 books none is added when the last has an isbn that is taken, or is in the list"""
    numbers = rng.sample(range(10**12, 10**13), 200)
    fresh = [{"isbn": str(number), "title": word(rng)} for number in numbers]
    taken = imported(api, [fresh.pop()])[0]
    for isbn in (taken["isbn"], fresh[0]["isbn"]):
        check_refused(
            api, [*fresh, {"isbn": isbn, "title": word(rng)}], 409, "a conflict at its end"
        )
    some = [fresh[0], *rng.sample(fresh[1:-1], 3), fresh[-1]]
    check_not_there(api, some, "a conflict at its end")


def test_a_book_that_breaks_the_rules(api: httpx.Client, rng: random.Random) -> None:
    """An import with a wrong book answers 422 and adds none of its books"""
    fresh = [a_book(rng) for _ in range(4)]
    wrong = {**a_book(rng), **rng.choice([{"isbn": "978"}, {"title": ""}])}
    check_refused(api, [*fresh, wrong], 422, "a book that breaks the rules")
    check_not_there(api, fresh, "a book that breaks the rules")


def test_the_size_of_an_import(api: httpx.Client, rng: random.Random) -> None:
    """An import holds 1 to 200 books"""
    numbers = rng.sample(range(10**12, 10**13), 401)
    bodies = [{"isbn": str(number), "title": word(rng)} for number in numbers]
    imported(api, bodies[:200])
    check_refused(api, bodies[200:], 422, "201 books")
    check_refused(api, [], 422, "no books")
    found = api.post("/books/import", json=bodies[200]).status_code
    assert found == 422, f"an import of a book that is in no list should get 422, got {found}"
    check_not_there(api, bodies[200:202], "201 books")


def test_answers_come_after_the_commit(api: httpx.Client, rng: random.Random) -> None:
    """What an answer tells of is committed when it is sent"""
    start_counting(api)
    book = made(api, "/books", a_book(rng))
    spare = imported(api, [a_book(rng) for _ in range(3)])[0]
    loan = lent(api, book, made(api, "/members", a_member(rng)))
    brought_back(api, loan)
    found = api.put(f"/books/{book['id']}", json=a_book(rng)).status_code
    assert found == 200, f"PUT of a book should answer 200, got {found}"
    found = api.delete(f"/books/{spare['id']}").status_code
    assert found == 204, f"DELETE of a book that was never lent should answer 204, got {found}"
    early = counted(api, "answers_before_commit")
    assert early == 0, f"of 7 answers {early} were sent before what they tell of was committed"
    assert counted(api, "statements") >= 7, "the statements should go through SQLAlchemy"
