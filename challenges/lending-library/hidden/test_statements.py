"""Whether the number of statements stays small, however many rows there are."""

import random

import httpx

from support import Body, a_book, a_member, counted, lent, made, page, start_counting

MOST = 8
LOANS = 9


def check_count(api: httpx.Client, what: str) -> None:
    count = counted(api, "statements")
    assert count >= 1, f"{what} took no statement through SQLAlchemy"
    assert count <= MOST, f"{what} took {count} statements, at most {MOST} are allowed"


def test_pages_of_loans(api: httpx.Client, rng: random.Random) -> None:
    """A page of loans of as many books and members takes at most 8 statements"""
    loans: list[Body] = []
    for _ in range(LOANS):
        book, member = made(api, "/books", a_book(rng)), made(api, "/members", a_member(rng))
        loans.insert(0, lent(api, book, member))
    for limit, offset in ((1, 0), (LOANS, 0), (LOANS, 1)):
        start_counting(api)
        _total, shown = page(api, limit=limit, offset=offset)
        check_count(api, f"a page of {len(shown)} loans")
        expected = loans[offset : offset + limit]
        assert shown == expected, "a page should show its loans as they are, newest first"


def test_pages_of_open_loans(api: httpx.Client, rng: random.Random) -> None:
    """A page of open loans to one member takes at most 8 statements"""
    member = made(api, "/members", a_member(rng))
    loans = [lent(api, made(api, "/books", a_book(rng)), member) for _ in range(LOANS)]
    start_counting(api)
    _total, shown = page(api, open="true")
    check_count(api, f"a page of {LOANS} open loans")
    assert shown == loans[::-1], "a page should show its loans as they are, newest first"
