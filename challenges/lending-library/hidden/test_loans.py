"""Whether lending and returning keep to the rules."""

import random

import httpx

from support import Body, a_book, a_member, brought_back, lend, lent, made, word


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
    for _ in range(12):  # a member may have any number
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
    found = lend(api, book, member).status_code
    assert found == 409, (
        f"when an old loan is returned again, the book stays away: lending it is a 409, got {found}"
    )
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
        answer = api.get(f"/books/{book['id']}")
        found = answer.status_code
        assert found == 200, f"a book that {state} should stay, GET answered {found}"
        assert answer.json() == book, f"a book that {state} should stay as it is"
        loan = loan if loan["returned"] else brought_back(api, loan)
    lent(api, book, member)
