"""Whether loans are listed page by page, newest first."""

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


def page(api: httpx.Client, **query: Any) -> tuple[int, list[Body]]:
    """The total and the loans of one page."""
    answer = api.get("/loans", params=query)
    found = answer.status_code
    assert found == 200, f"GET /loans should answer 200, got {found}"
    shown = answer.json()
    assert isinstance(shown, dict) and set(shown) == {"total", "loans"}, (
        "GET /loans should answer with an object that has `total` and `loans`"
    )
    assert type(shown["total"]) is int, "`total` should be a whole number"
    assert isinstance(shown["loans"], list), "`loans` should be a list"
    return shown["total"], [loan_in(loan, "a listed loan") for loan in shown["loans"]]


def several(api: httpx.Client, rng: random.Random, count: int) -> list[Body]:
    """So many loans, the newest first."""
    members = [made(api, "/members", a_member(rng)) for _ in range(3)]
    loans = [lent(api, made(api, "/books", a_book(rng)), rng.choice(members)) for _ in range(count)]
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
    """After a PUT of a book, its loans show the book as it is now"""
    [newer, older] = several(api, rng, 2)
    body = a_book(rng)
    found = api.put(f"/books/{older['book']['id']}", json=body).status_code
    assert found == 200, f"PUT of a book should answer 200, got {found}"
    older["book"] = {"id": older["book"]["id"], **body}
    check_page(page(api), 2, [newer, older], "after a PUT of a book")


def test_wrong_parameters(api: httpx.Client, rng: random.Random) -> None:
    """A limit that is not 1 to 100, a negative offset and a strange open are answered with 422"""
    loans = several(api, rng, 2)
    queries = ["limit=0", "limit=101", f"limit=-{rng.randint(1, 99)}", "offset=-1", "open=maybe"]
    for query in [*queries, "limit=ten", "offset=x"]:
        found = api.get(f"/loans?{query}").status_code
        assert found == 422, f"GET /loans?{query} should be answered with 422, got {found}"
    check_page(page(api, limit=100, offset=0, open="true"), 2, loans, "limit 100")
