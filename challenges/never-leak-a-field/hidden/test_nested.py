"""Whether addresses and certificates show what the door may show of them."""

import json
import random
import string
from typing import Any

import httpx

SHOWN_TO_ALL = {"id", "kind", "name", "bio", "website", "address", "certificates"}
SHOWN_TO_ALL |= {"address.city", "certificates.title", "certificates.year"}
SHOWN_TO_OFFICE = {"email", "phone", "tax_number", "address.street", "certificates.number"}
SHOWN = {"public": SHOWN_TO_ALL, "office": SHOWN_TO_ALL | SHOWN_TO_OFFICE}


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


def same_json(found: Any, expected: Any) -> bool:
    """Equal as JSON: Python would take 1.0 and True for 1."""
    return json.dumps(found, sort_keys=True) == json.dumps(expected, sort_keys=True)


def view(part: Any, door: str, path: str = "") -> Any:
    """What a door may show of a part of a profile."""
    if isinstance(part, list):
        return [view(entry, door, path) for entry in part]
    if not isinstance(part, dict):
        return part
    return {
        name: view(value, door, f"{path}{name}.")
        for name, value in part.items()
        if path + name in SHOWN[door]
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


def check_part(part: Any, sent: dict[str, Any], door: str, path: str, where: str) -> None:
    name = path.rstrip(".")
    assert isinstance(part, dict), f"`{name}` should be made of JSON objects {where}"
    expected = view(sent, door, path)
    for field in sent:
        if field not in expected:
            assert field not in part, f"`{path}{field}` should not be shown {where}"
    assert set(part) == set(expected), f"`{name}` should have {', '.join(expected)} {where}"
    same = same_json(part, expected)
    assert same, f"the values in `{name}` should come back {where} as they were sent"


def check_certificates(profile: dict[str, Any], body: dict[str, Any], door: str, at: str) -> None:
    found, sent = profile.get("certificates"), body["certificates"]
    assert isinstance(found, list), f"`certificates` should be a list {at}"
    assert len(found) == len(sent), f"expected {len(sent)} certificates {at}, got {len(found)}"
    for certificate, expected in zip(found, sent, strict=True):
        check_part(certificate, expected, door, "certificates.", at)


def answers(api: httpx.Client, body: dict[str, Any]) -> list[tuple[dict[str, Any], str, str]]:
    """The answer to POST and that of each door, with the door and a word on where it was seen."""
    profile = added(api, body)
    found = [(profile, "office", "in the answer to POST")]
    for door in ("public", "office"):
        found.append((shown(api, door, profile["id"]), door, f"at the {door} door"))
    return found


def test_the_address_of_a_person(api: httpx.Client, rng: random.Random) -> None:
    """The address of a person shows the city, to the office the street, to nobody the door code"""
    body = a_person(rng)
    for profile, door, where in answers(api, body):
        check_part(profile.get("address"), body["address"], door, "address.", where)


def test_the_address_of_a_firm(api: httpx.Client, rng: random.Random) -> None:
    """The address of a firm is filtered like that of a person"""
    body = a_firm(rng)
    for profile, door, where in answers(api, body):
        check_part(profile.get("address"), body["address"], door, "address.", where)


def test_an_address_without_a_door_code(api: httpx.Client, rng: random.Random) -> None:
    """An address may lack its door code, or have null there; either way it shows none"""
    for body in (a_person(rng), a_firm(rng)):
        null = {**body["address"], "door_code": None}
        absent = {"city": word(rng), "street": word(rng)}
        for address in (null, absent):
            for profile, door, where in answers(api, {**body, "address": address}):
                check_part(profile.get("address"), null | address, door, "address.", where)


def test_certificates(api: httpx.Client, rng: random.Random) -> None:
    """Every certificate shows title and year, to the office its number, to nobody its scan"""
    body = a_person(rng)
    for profile, door, where in answers(api, body):
        check_certificates(profile, body, door, where)


def test_no_certificates(api: httpx.Client, rng: random.Random) -> None:
    """A person without certificates has an empty list of them"""
    body = {**a_person(rng), "certificates": []}
    for profile, door, where in answers(api, body):
        check_certificates(profile, body, door, where)
