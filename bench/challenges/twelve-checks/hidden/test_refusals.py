"""Whether what makes no sense is refused."""

import random

import httpx


def check_refused(api: httpx.Client, body: object) -> None:
    status = api.post("/parcels", json=body).status_code
    assert status == 422, f"expected 422, got {status}"


def test_an_unknown_number(api: httpx.Client, rng: random.Random) -> None:
    """An unknown parcel is a 404"""
    status = api.get(f"/parcels/{rng.randint(10**6, 10**9)}").status_code
    assert status == 404, f"expected 404, got {status}"


def test_weightless(api: httpx.Client, rng: random.Random) -> None:
    """A weight below one gram is a 422"""
    check_refused(api, {"to": "Ada", "grams": -rng.randint(0, 9)})


def test_too_heavy(api: httpx.Client, rng: random.Random) -> None:
    """A weight above the bound is a 422"""
    check_refused(api, {"to": "Ada", "grams": 30000 + rng.randint(1, 9)})


def test_no_weight(api: httpx.Client, rng: random.Random) -> None:
    """A weight that is no number is a 422"""
    check_refused(api, {"to": "Ada", "grams": rng.choice(["heavy", None, []])})
