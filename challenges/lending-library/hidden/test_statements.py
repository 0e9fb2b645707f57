"""Whether the number of statements stays small, however many rows there are."""

import random

import httpx

from support import Body, a_book, a_member, brought_back, counted, lent, made, page, start_counting

MOST = 8
LOANS = 40


def check_page(api: httpx.Client, expected: list[Body], **query: int | str) -> None:
    start_counting(api)
    _total, shown = page(api, **query)
    count, what = counted(api, "statements"), f"a page of {len(shown)} loans"
    assert count >= 1, f"{what} took no statement through SQLAlchemy"
    assert count <= MOST, f"{what} took {count} statements, at most {MOST} are allowed"
    assert shown == expected, "a page should show its loans as they are, newest first"


def test_pages_of_loans(api: httpx.Client, rng: random.Random) -> None:
    """A page of 40 loans, of as many books and members, takes at most 8 statements"""
    loans: list[Body] = []
    for _ in range(LOANS):
        book, member = made(api, "/books", a_book(rng)), made(api, "/members", a_member(rng))
        loans.insert(0, lent(api, book, member))
    for limit, offset in ((1, 0), (LOANS, 0), (LOANS, 1)):
        check_page(api, loans[offset : offset + limit], limit=limit, offset=offset)
    check_page(api, loans[:20])
    check_page(api, loans, limit=LOANS, open="true")
    back = [brought_back(api, loan) for loan in loans[:9]]
    check_page(api, back, open="false")
