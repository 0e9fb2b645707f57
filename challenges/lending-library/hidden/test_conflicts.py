"""Whether what is taken is refused, and the service works on afterwards."""

import random

import httpx

from support import Body, a_book, a_member, check_kept, letters, made, of_length, word


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
    """A second member of the same email is answered with 409, and similar ones are others"""
    for _ in range(2):
        body = a_member(rng)
        member = made(api, "/members", body)
        assert member == {"id": member["id"], **body}, "a new member should be as it was sent"
        again = {"name": word(rng), "email": body["email"]}
        check_conflict(api.post("/members", json=again), "an email that is taken")
    plain = f"{letters(rng)}_\N{LATIN SMALL LETTER E WITH ACUTE}@example.org"
    like = [plain, plain.upper(), f" {plain}", f"{plain} ", plain.replace("_", "x")]
    like.append(plain.replace("\N{LATIN SMALL LETTER E WITH ACUTE}", "e\N{COMBINING ACUTE ACCENT}"))
    for email in like:
        member = made(api, "/members", {"name": word(rng), "email": email})
        assert member["email"] == email, "an email should stay as it was sent"
    for email in like:
        again = {"name": word(rng), "email": email}
        check_conflict(api.post("/members", json=again), "an email that is taken")
    namesake = made(api, "/members", {"name": body["name"], "email": a_member(rng)["email"]})
    assert namesake["id"] != member["id"], "two members of one name should have two ids"


def test_members_are_in_the_file(api: httpx.Client, rng: random.Random) -> None:
    """Members are kept in library.db"""
    body = {"name": letters(rng), "email": letters(rng)}
    made(api, "/members", body)
    check_kept(api, list(body.values()))


def test_many_conflicts(api: httpx.Client, rng: random.Random) -> None:
    """After many conflicts everything still works"""
    book, member = made(api, "/books", a_book(rng)), made(api, "/members", a_member(rng))
    other = made(api, "/books", a_book(rng))
    double = {**a_book(rng), "isbn": book["isbn"]}
    namesake = {**a_member(rng), "email": member["email"]}
    for _ in range(8):
        for method, path, body in (
            ("POST", "/books", double),
            ("PUT", f"/books/{other['id']}", double),
            ("POST", "/books/import", [a_book(rng), double]),
            ("POST", "/members", namesake),
        ):
            answer = api.request(method, path, json=body)
            check_conflict(answer, f"{method} {path} with what is taken")
    check_shown(api, book)
    check_shown(api, other)
    check_shown(api, made(api, "/books", a_book(rng)))
    made(api, "/members", a_member(rng))


def test_members_that_break_the_rules(api: httpx.Client, rng: random.Random) -> None:
    """Names have 1 to 100 characters, emails 3 to 100; all else is 422"""
    for size in (1, 100):
        for space in ("", " "):
            email = space + of_length(rng, max(size, 3) - len(space))
            body = {"name": space or of_length(rng, size), "email": email}
            member = made(api, "/members", body)
            assert member == {"id": member["id"], **body}, (
                "a member at the bounds should stay as it was sent, with spaces too"
            )
    for change in ({"name": ""}, {"name": "n" * 101}, {"email": "a@"}, {"email": "e" * 101}):
        found = api.post("/members", json={**a_member(rng), **change}).status_code
        assert found == 422, f"a member that breaks the rules should get 422, got {found}"
    for field in ("name", "email"):
        body = a_member(rng)
        del body[field]
        found = api.post("/members", json=body).status_code
        assert found == 422, f"a member without {field} should be answered with 422, got {found}"
