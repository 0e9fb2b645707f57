"""Whether those who were agreed on may read what the service answers."""

import random

import httpx

from graders.at_once import AtOnce

from support import let_in, partner

SEATS = [
    {"seat": "A1", "cents": 4500},
    {"seat": "A2", "cents": 4500},
    {"seat": "B1", "cents": 3000},
]


def check_let_in(answer: httpx.Response, status: int, origin: str, asked: str) -> None:
    found = answer.status_code
    assert found == status, f"{asked} should answer {status}, it answered {found}"
    allowed = answer.headers.get("Access-Control-Allow-Origin")
    assert allowed != "*", f"{asked}: Access-Control-Allow-Origin is *, it should be the origin"
    assert allowed == origin, (
        f"{asked}: Access-Control-Allow-Origin should be the origin as it was sent"
    )


def test_the_seats(api: httpx.Client, rng: random.Random) -> None:
    """GET /seats answers the shop, the desk and a partner"""
    for who, origin in let_in(rng).items():
        answer = api.get("/seats", headers={"Origin": origin})
        check_let_in(answer, 200, origin, f"GET /seats from {who}")
        assert answer.json() == SEATS, "GET /seats should list the three seats as before"


def test_the_quotes(api: httpx.Client, rng: random.Random) -> None:
    """GET /quotes/{code} answers the shop, the desk and a partner"""
    for who, origin in let_in(rng).items():
        for kind, percent in (("full", 100), ("half", 50)):
            euros = rng.randint(2, 400)
            answer = api.get(f"/quotes/{kind}-{euros}", headers={"Origin": origin})
            check_let_in(answer, 200, origin, f"GET /quotes/{{code}} from {who}")
            assert answer.json() == {"cents": percent * euros}, (
                "GET /quotes/{code} should answer with the cents of `quote`"
            )


def test_the_bookings(api: httpx.Client, rng: random.Random) -> None:
    """POST and DELETE of a booking answer the shop, the desk and a partner"""
    for who, origin in let_in(rng).items():
        seat = rng.choice(SEATS)["seat"]
        headers = {"Origin": origin, "Cookie": f"session={rng.randint(1, 10**9)}"}
        answer = api.post("/bookings", headers=headers, json={"seat": seat})
        check_let_in(answer, 201, origin, f"POST /bookings from {who}")
        assert answer.json() == {"seat": seat}, "POST /bookings should answer with the booking"
        answer = api.delete(f"/bookings/{seat}", headers=headers)
        check_let_in(answer, 204, origin, f"DELETE /bookings/{{seat}} from {who}")


def test_a_cookie_without_a_value(api: httpx.Client, rng: random.Random) -> None:
    """A cookie `session` without a value still opens the bookings"""
    for who, origin in let_in(rng).items():
        answer = api.delete("/bookings/A1", headers={"Origin": origin, "Cookie": "session="})
        check_let_in(answer, 204, origin, f"DELETE /bookings/{{seat}} from {who}")


def test_many_partners(api: httpx.Client, rng: random.Random) -> None:
    """Every partner with one name of letters, digits and hyphens is let in"""
    origins = [partner(rng) for _ in range(5)]
    origins += [f"https://{name}.partners.example" for name in ("a", "7", "blue-note", "a-1--b")]
    for origin in origins:
        answer = api.get("/seats", headers={"Origin": origin})
        check_let_in(answer, 200, origin, "GET /seats from a partner's site")


def test_each_gets_its_own(api: httpx.Client, rng: random.Random) -> None:
    """Each origin gets itself back, and no origin that came before"""
    for _ in range(2):
        for who, origin in let_in(rng).items():
            answer = api.get("/seats", headers={"Origin": origin})
            check_let_in(answer, 200, origin, f"GET /seats from {who}, among others")


def test_requests_of_the_same_moment(
    api: httpx.Client, at_once: AtOnce, rng: random.Random
) -> None:
    """Each origin gets itself back, whoever else asks in the same moment"""
    origins = [*let_in(rng).values(), *(partner(rng) for _ in range(9))] * 3
    asked = [api.build_request("GET", "/seats", headers={"Origin": origin}) for origin in origins]
    for answer, origin in zip(at_once(asked), origins, strict=True):
        check_let_in(answer, 200, origin, "GET /seats in the same moment as others")


def test_preflights(api: httpx.Client, rng: random.Random) -> None:
    """Preflights of the shop, the desk and a partner get their origin back"""
    for who, origin in let_in(rng).items():
        headers = {"Origin": origin, "Access-Control-Request-Method": "GET"}
        answer = api.options("/seats", headers=headers)
        allowed = answer.headers.get("Access-Control-Allow-Origin")
        assert allowed == origin, (
            f"a preflight from {who}: Access-Control-Allow-Origin should be the origin"
        )
