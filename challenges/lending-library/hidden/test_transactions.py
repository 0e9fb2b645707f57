"""Whether imports add all or nothing, and answers come after the commit."""

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


def brought_back(api: httpx.Client, loan: Body) -> Body:
    answer = api.post(f"/loans/{loan['id']}/return")
    found = answer.status_code
    assert found == 200, f"returning a book should answer 200, got {found}"
    back = loan_in(answer.json(), "a returned loan")
    assert back == {**loan, "returned": True}, "returning should change `returned` and no more"
    return back


def start_counting(api: httpx.Client) -> None:
    answer = api.post("/driver/count")
    assert answer.status_code == 200, "the driver should answer; does the service change its paths?"


def counted(api: httpx.Client, what: str) -> int:
    """One of the numbers that the driver tells."""
    told = api.get("/driver/count").json()
    number = told.get(what) if isinstance(told, dict) else None
    assert isinstance(number, int), "the driver should tell what it has counted"
    return number


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
