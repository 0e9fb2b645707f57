"""Whether a script may read the two headers that it needs."""

import random

import httpx

from support import names_in, welcome


def check_exposed(answer: httpx.Response, asked: str) -> None:
    exposed = names_in(answer, "Access-Control-Expose-Headers")
    assert "*" not in exposed, f"{asked}: with cookies a browser takes * for the name of a header"
    for header in ("X-Total-Seats", "Location"):
        assert header.lower() in exposed, (
            f"{asked}: Access-Control-Expose-Headers should name {header}"
        )


def test_the_number_of_seats(api: httpx.Client, rng: random.Random) -> None:
    """X-Total-Seats is there and may be read"""
    for who, origin in welcome(api, rng).items():
        answer = api.get("/seats", headers={"Origin": origin})
        check_exposed(answer, f"GET /seats from {who}")
        total = answer.headers.get("X-Total-Seats")
        assert total == "3", "X-Total-Seats of GET /seats should be 3 as before"


def test_the_address_of_a_booking(api: httpx.Client, rng: random.Random) -> None:
    """Location is there and may be read"""
    for who, origin in welcome(api, rng).items():
        seat = rng.choice(["A1", "A2", "B1"])
        headers = {"Origin": origin, "Cookie": f"session={rng.randint(1, 10**9)}"}
        answer = api.post("/bookings", headers=headers, json={"seat": seat})
        check_exposed(answer, f"POST /bookings from {who}")
        found = answer.headers.get("Location")
        assert found == f"/bookings/{seat}", "Location of a new booking should be as before"
