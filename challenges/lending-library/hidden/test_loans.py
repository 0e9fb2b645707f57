"""Whether lending and returning keep to the rules."""

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


def both(api: httpx.Client, rng: random.Random) -> tuple[Body, Body]:
    return made(api, "/books", a_book(rng)), made(api, "/members", a_member(rng))


def test_lending(api: httpx.Client, rng: random.Random) -> None:
    """A book is lent with 201, and the loan shows the book and the member"""
    books = [made(api, "/books", a_book(rng)) for _ in range(3)]
    member, other = (made(api, "/members", a_member(rng)) for _ in range(2))
    loans = [lent(api, book, who) for book, who in zip(books, (member, other, member), strict=True)]
    assert len({loan["id"] for loan in loans}) == 3, "three loans should have three ids"


def test_a_book_that_is_away(api: httpx.Client, rng: random.Random) -> None:
    """A book that is away is not lent again, to nobody"""
    book, member = both(api, rng)
    lent(api, book, member)
    for who in (made(api, "/members", a_member(rng)), member):
        found = lend(api, book, who).status_code
        assert found == 409, f"lending a book that is away should answer 409, got {found}"
    lent(api, made(api, "/books", a_book(rng)), member)


def test_returning(api: httpx.Client, rng: random.Random) -> None:
    """A returned book can be lent again and again, each time as a new loan"""
    book, member = both(api, rng)
    loans = []
    for _ in range(3):
        loans.append(lent(api, book, member))
        brought_back(api, loans[-1])
    assert len({loan["id"] for loan in loans}) == 3, "each lending should be a loan of its own"
    lent(api, book, made(api, "/members", a_member(rng)))
    found = lend(api, book, member).status_code
    assert found == 409, f"a book that was lent again is away, which is a 409, got {found}"


def test_returning_twice(api: httpx.Client, rng: random.Random) -> None:
    """A loan is returned once; again is a 409, also when the book is away by another loan"""
    book, member = both(api, rng)
    loan = lent(api, book, member)
    brought_back(api, loan)
    for _ in range(2):
        found = api.post(f"/loans/{loan['id']}/return").status_code
        assert found == 409, f"returning a loan again should answer 409, got {found}"
        if loan["book"] is not None:
            newer = lent(api, book, member)
            loan = {**loan, "book": None}
    brought_back(api, newer)


def test_what_is_not_there(api: httpx.Client, rng: random.Random) -> None:
    """What is not there is a 404, what is no number a 422, and neither lends anything"""
    book, member = both(api, rng)
    far = rng.randint(10**3, 10**6)
    for wrong in (lend(api, book, {"id": member["id"] + far}), lend(api, {"id": far}, member)):
        found = wrong.status_code
        assert found == 404, f"lending with an id that is not there should get 404, got {found}"
    found = api.post(f"/loans/{far}/return").status_code
    assert found == 404, f"returning a loan that is not there should get 404, got {found}"
    fine = {"book_id": book["id"], "member_id": member["id"]}
    strange: list[Body] = [{**fine, "book_id": word(rng)}, {**fine, "member_id": None}]
    for body in [*strange, {"book_id": book["id"]}, {"member_id": member["id"]}]:
        found = api.post("/loans", json=body).status_code
        assert found == 422, f"a loan without two whole numbers should get 422, got {found}"
    lent(api, book, member)


def test_books_that_were_lent_stay(api: httpx.Client, rng: random.Random) -> None:
    """DELETE of a book that is away, or was, answers 409, and the book stays"""
    book, member = both(api, rng)
    loan = lent(api, book, member)
    for state in ("is away", "was lent"):
        found = api.delete(f"/books/{book['id']}").status_code
        assert found == 409, f"DELETE of a book that {state} should answer 409, got {found}"
        found = api.get(f"/books/{book['id']}").status_code
        assert found == 200, f"a book that {state} should stay, GET answered {found}"
        loan = loan if loan["returned"] else brought_back(api, loan)
    lent(api, book, member)
