"""Whether a parcel is registered."""

import random

import httpx


def label(rng: random.Random) -> dict[str, object]:
    return {"to": f"receiver {rng.getrandbits(60)}", "grams": rng.randint(1, 30000)}


def registered(api: httpx.Client, body: dict[str, object]) -> dict[str, object]:
    answer = api.post("/parcels", json=body)
    assert answer.status_code == 201, f"expected 201, got {answer.status_code}"
    parcel = answer.json()
    assert isinstance(parcel, dict), "expected a JSON object"
    return parcel


def test_the_answer_is_the_parcel(api: httpx.Client, rng: random.Random) -> None:
    """The answer has what was sent"""
    body = label(rng)
    parcel = registered(api, body)
    assert {**parcel, **body} == parcel, "the parcel should have what was sent"


def test_it_has_a_number(api: httpx.Client, rng: random.Random) -> None:
    """A parcel gets a number"""
    assert type(registered(api, label(rng)).get("id")) is int, "`id` should be a whole number"


def test_numbers_differ(api: httpx.Client, rng: random.Random) -> None:
    """No two parcels share a number"""
    numbers = [registered(api, label(rng)).get("id") for _ in range(4)]
    assert len(set(map(str, numbers))) == 4, "four parcels should have four numbers"


def test_the_bounds_are_taken(api: httpx.Client, rng: random.Random) -> None:
    """The smallest and the largest values are fine"""
    for grams in (1, 30000):
        registered(api, {"to": rng.choice("abcdef"), "grams": grams})
    registered(api, {"to": "x" * 40, "grams": rng.randint(1, 30000)})
