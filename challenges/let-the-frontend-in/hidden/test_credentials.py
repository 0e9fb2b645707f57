"""Whether browsers may send cookies along, and are never told so next to a star."""

import random

import httpx

from support import welcome


def check_credentials(answer: httpx.Response, origin: str, asked: str) -> None:
    allowed = answer.headers.get("Access-Control-Allow-Origin")
    assert allowed != "*", f"{asked}: cookies are never allowed together with the origin *"
    assert allowed == origin, f"{asked}: cookies need the origin in Access-Control-Allow-Origin"
    value = answer.headers.get("Access-Control-Allow-Credentials")
    assert value == "true", f"{asked}: Access-Control-Allow-Credentials should be true"


def test_on_answers(api: httpx.Client, rng: random.Random) -> None:
    """Answers to the shop, the desk and a partner allow cookies"""
    for who, origin in welcome(api, rng).items():
        headers = {"Origin": origin, "Cookie": f"session={rng.randint(1, 10**9)}"}
        answer = api.get("/seats", headers={"Origin": origin})
        check_credentials(answer, origin, f"GET /seats from {who}")
        answer = api.post("/bookings", headers=headers, json={"seat": "A1"})
        check_credentials(answer, origin, f"POST /bookings from {who}")


def test_on_preflights(api: httpx.Client, rng: random.Random) -> None:
    """Preflights of the shop, the desk and a partner allow cookies"""
    for who, origin in welcome(api, rng).items():
        headers = {"Origin": origin, "Access-Control-Request-Method": "GET"}
        answer = api.options("/seats", headers=headers)
        check_credentials(answer, origin, f"a preflight for GET /seats from {who}")
