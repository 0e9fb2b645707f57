"""Whether what is taken is refused, and the service works on afterwards."""

import random
import string

import httpx

from support import Body, a_book, a_member, made, word


def check_conflict(answer: httpx.Response, what: str) -> None:
    found = answer.status_code
    assert found == 409, f"{what} should be answered with 409, got {found}"


def check_shown(api: httpx.Client, book: Body) -> None:
    answer = api.get(f"/books/{book['id']}")
    found = answer.status_code
    assert found == 200, f"after a conflict GET of a book should answer 200, got {found}"
    assert answer.json() == book, "a refused request should change nothing"


def test_a_double_isbn(api: httpx.Client, rng: random.Random) -> None:
    """An isbn that is taken is answered with 409, by POST and by PUT, and changes nothing"""
    for _ in range(2):
        book = made(api, "/books", a_book(rng))
        body = {"isbn": book["isbn"], "title": word(rng)}
        check_conflict(api.post("/books", json=body), "an isbn that is taken")
        other = made(api, "/books", a_book(rng))
        check_conflict(api.put(f"/books/{other['id']}", json=body), "PUT with a taken isbn")
        check_shown(api, book)
        check_shown(api, other)


def test_a_double_address(api: httpx.Client, rng: random.Random) -> None:
    """A second member of the same email, character by character, is answered with 409"""
    for _ in range(2):
        body = a_member(rng)
        member = made(api, "/members", body)
        assert member == {"id": member["id"], **body}, "a new member should be as it was sent"
        again = {"name": word(rng), "email": body["email"]}
        check_conflict(api.post("/members", json=again), "an email that is taken")
    made(api, "/members", {**a_member(rng), "email": body["email"].upper()})
    namesake = made(api, "/members", {"name": body["name"], "email": a_member(rng)["email"]})
    assert namesake["id"] != member["id"], "two members of one name should have two ids"


def test_many_conflicts(api: httpx.Client, rng: random.Random) -> None:
    """After many conflicts everything still works"""
    book, member = made(api, "/books", a_book(rng)), made(api, "/members", a_member(rng))
    taken = {"/books": {**a_book(rng), "isbn": book["isbn"]}}
    taken["/members"] = {**a_member(rng), "email": member["email"]}
    for _ in range(10):
        for path, body in taken.items():
            check_conflict(api.post(path, json=body), f"POST {path} with what is taken")
    check_shown(api, book)
    check_shown(api, made(api, "/books", a_book(rng)))
    made(api, "/members", a_member(rng))


def test_members_that_break_the_rules(api: httpx.Client, rng: random.Random) -> None:
    """Names have 1 to 100 characters, emails 3 to 100; all else is 422"""
    for size in (1, 100):
        email = "".join(rng.choice(string.ascii_letters) for _ in range(max(size, 3)))
        body = {"name": "".join(rng.choice(string.ascii_letters) for _ in range(size))}
        member = made(api, "/members", {**body, "email": email})
        assert member["name"] == body["name"], "a name at the bounds should stay as it was sent"
        assert member["email"] == email, "an email at the bounds should stay as it was sent"
    for change in ({"name": ""}, {"name": "n" * 101}, {"email": "a@"}, {"email": "e" * 101}):
        found = api.post("/members", json={**a_member(rng), **change}).status_code
        assert found == 422, f"a member that breaks the rules should get 422, got {found}"
    for field in ("name", "email"):
        body = a_member(rng)
        del body[field]
        found = api.post("/members", json=body).status_code
        assert found == 422, f"a member without {field} should be answered with 422, got {found}"
