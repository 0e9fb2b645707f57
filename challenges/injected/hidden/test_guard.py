"""Whether the office is open to chiefs, closed to all others, and nothing else is closed."""

import random

import httpx

from support import check_status, check_stranger, name_of, token_of, told, word


def pages_run(api: httpx.Client) -> int:
    """How many pages of the office have run since the last look."""
    return [what for what, _ in api.get("/driver/log").json()].count("office")


def pages(rng: random.Random) -> list[tuple[str, str]]:
    door = f"/office/keys/{word(rng)}"
    return [
        ("GET", "/office/turnover"),
        ("GET", "/office/wages"),
        ("POST", "/office/closing"),
        ("GET", door),
        ("POST", f"/office/notices/{word(rng)}"),
    ]


def test_chiefs(api: httpx.Client, rng: random.Random) -> None:
    """A chief sees all pages of the office"""
    headers = token_of(api, rng, "chief")
    pages_run(api)
    for method, path in pages(rng):
        answer = api.request(method, path, headers=headers)
        of_its_own = "notices" in path
        check_status(answer, 202 if of_its_own else 200, f"a chief's {method} of an office page")
        if of_its_own:
            same = answer.text == path.rpartition("/")[2]
        else:
            same = isinstance(answer.json(), dict) and bool(answer.json().get("page"))
        assert same, "the pages of the office should answer as they do without a guard"
        assert pages_run(api) == 1, "a chief's request should run the page of the office"


def test_mechanics(api: httpx.Client, rng: random.Random) -> None:
    """A mechanic is refused with 403, and the page does not run"""
    headers = token_of(api, rng)
    check_status(api.get("/me", headers=headers), 200, "a mechanic's GET /me")
    pages_run(api)
    for method, path in pages(rng):
        answer = api.request(method, path, headers=headers)
        check_status(answer, 403, f"a mechanic's {method} of a page of the office")
        api.request(method, path.removeprefix("/office"), headers=headers)
    assert pages_run(api) == 0, "a page of the office should not run for a mechanic"


def test_strangers(api: httpx.Client, rng: random.Random) -> None:
    """Without a known token a page of the office is a 401, and does not run"""
    pages_run(api)
    strange = {"Authorization": f"Bearer {word(rng)}"}
    for method, path in pages(rng):
        for headers in ({}, strange):
            answer = api.request(method, path, headers=headers)
            check_stranger(answer, f"a stranger's {method} of a page of the office")
    assert pages_run(api) == 0, "a page of the office should not run for a stranger"


def test_chiefs_of_the_moment(api: httpx.Client, rng: random.Random) -> None:
    """Whoever becomes a chief, or is one no more, is let in or refused from then on"""
    caller = token_of(api, rng)
    token = caller["Authorization"].removeprefix("Bearer ")
    for role, status in (("chief", 200), ("mechanic", 403), ("chief", 200)):
        user = {"name": name_of(caller), "role": role}
        told(api.put(f"/driver/users/{token}", json=user), "another role")
        answer = api.get("/office/wages", headers=caller)
        check_status(answer, status, f"the office, for somebody who is a {role} now,")
