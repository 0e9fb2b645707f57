"""Whether loans are listed page by page, newest first."""

import random

import httpx

from support import Body, a_book, a_member, brought_back, lend, lent, made, page


def several(api: httpx.Client, rng: random.Random, count: int) -> list[Body]:
    """So many loans, the newest first."""
    members = [made(api, "/members", a_member(rng)) for _ in range(3)]
    loans = [lent(api, made(api, "/books", a_book(rng)), members[n % 3]) for n in range(count)]
    return loans[::-1]


def check_page(found: tuple[int, list[Body]], total: int, loans: list[Body], what: str) -> None:
    assert found[0] == total, f"{what}: `total` should be {total}, it is {found[0]}"
    ids = [loan["id"] for loan in found[1]]
    assert ids == [loan["id"] for loan in loans], f"{what}: not these loans, or not in this order"
    assert found[1] == loans, f"{what}: a loan is not shown as it is"


def test_pages(api: httpx.Client, rng: random.Random) -> None:
    """limit and offset cut the list, newest first, and total counts all of it"""
    check_page(page(api), 0, [], "a library without loans")
    loans = several(api, rng, 7)
    check_page(page(api), 7, loans, "all loans")
    for limit, offset in ((1, 0), (1, 6), (3, 0), (3, 3), (3, 6), (100, 2), (3, 7), (3, 50)):
        cut = loans[offset : offset + limit]
        found = page(api, limit=limit, offset=offset)
        check_page(found, 7, cut, f"limit {limit}, offset {offset}")
    check_page(page(api, offset=4), 7, loans[4:], "offset 4 without a limit")


def test_the_default_limit(api: httpx.Client, rng: random.Random) -> None:
    """Without a limit there are 20 loans on a page"""
    loans = several(api, rng, 21)
    check_page(page(api), 21, loans[:20], "a page without a limit")
    check_page(page(api, limit=21), 21, loans, "a page with a limit of 21")


def test_open_and_returned(api: httpx.Client, rng: random.Random) -> None:
    """open chooses the loans that are not returned, or those that are, before pages are cut"""
    loans = several(api, rng, 7)
    back = rng.sample(range(7), 3)
    loans = [brought_back(api, each) if n in back else each for n, each in enumerate(loans)]
    for wanted, count in (("true", 4), ("false", 3)):
        fit = [loan for loan in loans if loan["returned"] is (wanted == "false")]
        check_page(page(api, open=wanted), count, fit, f"open={wanted}")
        found = page(api, open=wanted, limit=1, offset=1)
        check_page(found, count, fit[1:2], f"open={wanted}, limit 1, offset 1")
    check_page(page(api), 7, loans, "all loans")


def test_loans_show_what_is_now(api: httpx.Client, rng: random.Random) -> None:
    """After a PUT of a book, its loans show the book as it is now, also when it is returned"""
    [newer, older] = several(api, rng, 2)
    body = a_book(rng)
    found = api.put(f"/books/{older['book']['id']}", json=body).status_code
    assert found == 200, f"PUT of a book should answer 200, got {found}"
    older["book"] = {"id": older["book"]["id"], **body}
    check_page(page(api), 2, [newer, older], "after a PUT of a book")
    older = brought_back(api, older)
    check_page(page(api), 2, [newer, older], "when the book is back")


def test_what_was_refused(api: httpx.Client, rng: random.Random) -> None:
    """What was refused is not in the list, and changes nothing that is"""
    loans = [back, away] = several(api, rng, 2)
    loans[0] = brought_back(api, back)
    lend(api, away["book"], back["member"])
    api.post("/loans", json={"book_id": back["book"]["id"]})
    api.post(f"/loans/{back['id']}/return")
    api.post("/members", json={**a_member(rng), "email": away["member"]["email"]})
    check_page(page(api), 2, loans, "after refusals")


def test_wrong_parameters(api: httpx.Client, rng: random.Random) -> None:
    """A limit that is not 1 to 100, a negative offset and a strange open are answered with 422"""
    loans = several(api, rng, 2)
    queries = ["limit=0", "limit=101", f"limit=-{rng.randint(1, 99)}", "offset=-1", "open=maybe"]
    for query in [*queries, "limit=ten", "offset=x"]:
        found = api.get(f"/loans?{query}").status_code
        assert found == 422, f"GET /loans?{query} should be answered with 422, got {found}"
    check_page(page(api, limit=100, offset=0, open="true"), 2, loans, "limit 100")
