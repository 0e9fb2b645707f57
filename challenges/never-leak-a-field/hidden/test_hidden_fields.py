"""Whether what nobody may see stays out of every answer with one profile."""

import random
import string
from typing import Any

import httpx


def word(rng: random.Random, size: int = 12) -> str:
    return "".join(rng.choices(string.ascii_letters, k=size))


def an_address(rng: random.Random) -> dict[str, Any]:
    return {
        "city": word(rng),
        "street": f"{word(rng)} {rng.randint(1, 99)}",
        "door_code": word(rng),
    }


def a_certificate(rng: random.Random) -> dict[str, Any]:
    return {
        "title": word(rng),
        "year": rng.randint(1970, 2026),
        "number": word(rng),
        "scan": f"/scans/{word(rng)}.pdf",
    }


def a_person(rng: random.Random) -> dict[str, Any]:
    """A person with every field, optional or not."""
    return {
        "kind": "person",
        "name": f"{word(rng, 5)} {word(rng, 7)}",
        "bio": word(rng, 20),
        "address": an_address(rng),
        "certificates": [a_certificate(rng) for _ in range(rng.randint(2, 4))],
        "email": f"{word(rng)}@example.org",
        "phone": f"+47 {rng.randint(10**7, 10**8)}",
        "password_hash": word(rng, 20),
        "remark": word(rng, 20),
    }


def a_firm(rng: random.Random) -> dict[str, Any]:
    """A firm with every field, optional or not."""
    return {
        "kind": "firm",
        "name": f"{word(rng, 5)} & {word(rng, 7)}",
        "website": f"https://{word(rng)}.example",
        "address": an_address(rng),
        "tax_number": word(rng),
        "api_key": word(rng, 20),
    }


def profile_in(answer: httpx.Response, what: str) -> dict[str, Any]:
    """The profile that an answer carries, once it is sure that there is one."""
    status = answer.status_code
    assert answer.is_success, f"{what} should be answered with a profile, the answer was {status}"
    profile = answer.json()
    assert isinstance(profile, dict), f"the answer to {what} should be a JSON object"
    return profile


def added(api: httpx.Client, body: dict[str, Any]) -> dict[str, Any]:
    """The answer to a POST, with its `id` made sure of."""
    profile = profile_in(api.post("/office/profiles", json=body), f"POST of a {body['kind']}")
    assert type(profile.get("id")) is int, "a new profile should have a whole number as `id`"
    return profile


def shown(api: httpx.Client, door: str, number: int) -> dict[str, Any]:
    return profile_in(api.get(f"/{door}/profiles/{number}"), f"GET at the {door} door")


def check_kept_back(profile: dict[str, Any], text: str, body: dict[str, Any], where: str) -> None:
    assert profile.get("name") == body["name"], f"`name` should come back as it was sent {where}"
    for field in ("password_hash", "remark", "api_key"):
        assert field not in profile, f"`{field}` should not be shown {where}"
        value = body.get(field)
        assert not value or value not in text, f"the value of `{field}` leaves {where}"


def check_everywhere(api: httpx.Client, body: dict[str, Any]) -> None:
    answer = api.post("/office/profiles", json=body)
    profile = profile_in(answer, f"POST of a {body['kind']}")
    check_kept_back(profile, answer.text, body, "in the answer to POST")
    for door in ("office", "public"):
        answer = api.get(f"/{door}/profiles/{profile.get('id')}")
        profile = profile_in(answer, f"GET at the {door} door")
        check_kept_back(profile, answer.text, body, f"at the {door} door")


def test_a_person(api: httpx.Client, rng: random.Random) -> None:
    """The password hash and the remark of a person are shown nowhere"""
    check_everywhere(api, a_person(rng))


def test_a_firm(api: httpx.Client, rng: random.Random) -> None:
    """The API key of a firm is shown nowhere"""
    check_everywhere(api, a_firm(rng))


def test_an_empty_remark(api: httpx.Client, rng: random.Random) -> None:
    """A remark that is null, or was not sent, is not shown either"""
    check_everywhere(api, {**a_person(rng), "remark": None})
    person = a_person(rng)
    del person["remark"]
    check_everywhere(api, person)
