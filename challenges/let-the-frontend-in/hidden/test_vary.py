"""Whether caches are told that an answer depends on who asks."""

import random
import string

import httpx

from support import DESK, SHOP, let_in, names_in, partner


def check_vary(answer: httpx.Response, asked: str, *more: str) -> None:
    names = names_in(answer, "Vary")
    for name in ("Origin", *more):
        assert name.lower() in names or "*" in names, f"{asked}: Vary should name {name}"


def foreign(rng: random.Random) -> str:
    return f"https://{''.join(rng.choice(string.ascii_lowercase) for _ in range(9))}.test"


def test_for_those_let_in(api: httpx.Client, rng: random.Random) -> None:
    """Answers to the shop, the desk and a partner vary with the origin"""
    for who, origin in let_in(rng).items():
        path = f"/quotes/half-{rng.randint(2, 90)}"
        answer = api.get(path, headers={"Origin": origin})
        assert answer.status_code == 200, "GET /quotes/{code} should answer 200"
        check_vary(answer, f"GET /quotes/{{code}} from {who}")


def test_for_all_others(api: httpx.Client, rng: random.Random) -> None:
    """Answers to a foreign origin, and without an origin, vary with it too"""
    path = f"/quotes/full-{rng.randint(2, 90)}"
    answers = {
        "from a foreign origin": api.get(path, headers={"Origin": foreign(rng)}),
        "without an origin": api.get(path),
    }
    for who, answer in answers.items():
        assert answer.status_code == 200, f"GET /quotes/{{code}} {who} should answer 200"
        check_vary(answer, f"GET /quotes/{{code}} {who}")


def test_what_was_there_stays(api: httpx.Client, rng: random.Random) -> None:
    """Accept-Language stays in the Vary of GET /seats, beside Origin"""
    for headers in ({"Origin": partner(rng)}, {"Origin": foreign(rng)}, {}):
        answer = api.get("/seats", headers=headers)
        assert answer.status_code == 200, "GET /seats should answer 200"
        check_vary(answer, "GET /seats", "Accept-Language")


def test_preflights(api: httpx.Client, rng: random.Random) -> None:
    """Preflights vary with the origin, let in or not"""
    good = api.get("/seats")
    assert good.status_code == 200, f"GET /seats should answer 200, not {good.status_code}"
    for origin in (SHOP, DESK, partner(rng), foreign(rng)):
        for method in ("GET", "PATCH"):
            headers = {"Origin": origin, "Access-Control-Request-Method": method}
            answer = api.options("/seats", headers=headers)
            check_vary(answer, f"a preflight for {method} /seats")
