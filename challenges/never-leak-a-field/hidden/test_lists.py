"""Whether both lists show every profile, and of each what the door may show."""

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


def listed(api: httpx.Client, door: str, count: int) -> list[dict[str, Any]]:
    """The list at a door, once it is sure that it holds so many objects."""
    answer = api.get(f"/{door}/profiles")
    where = f"the list at the {door} door"
    assert answer.status_code == 200, f"{where} should answer 200, it answered {answer.status_code}"
    found = answer.json()
    assert isinstance(found, list), f"{where} should be a JSON list"
    assert len(found) == count, f"{where} should have {count} profiles, it had {len(found)}"
    assert all(isinstance(entry, dict) for entry in found), f"{where} should hold JSON objects"
    return found


def flat(part: Any, path: str = "") -> set[str]:
    """The names of all fields at every depth, such as `address.city`."""
    if isinstance(part, list):
        return {name for entry in part for name in flat(entry, path)}
    if not isinstance(part, dict):
        return set()
    deeper = {name for key, value in part.items() for name in flat(value, f"{path}{key}.")}
    return {path + key for key in part} | deeper


def check_list(api: httpx.Client, door: str, bodies: list[dict[str, Any]]) -> None:
    where = f"in the list at the {door} door"
    for entry, body in zip(listed(api, door, len(bodies)), bodies, strict=True):
        in_place = entry.get("name") == body["name"]
        assert in_place, f"profiles should be {where} in the order in which they came"
        expected = view(body, door)
        leaked = ", ".join(sorted(flat(body) & (flat(entry) - flat(expected))))
        assert not leaked, f"a {body['kind']} {where} should not show {leaked}"
        missing = ", ".join(sorted(flat(expected) - flat(entry)))
        assert not missing, f"a {body['kind']} {where} should show {missing}"
        same = same_json(entry, expected)
        assert same, f"a {body['kind']} {where} should have its values as sent, and nothing more"


def some_profiles(api: httpx.Client, rng: random.Random) -> list[dict[str, Any]]:
    """Persons and firms that have been added, with the `id` that they got."""
    bodies = [a_person(rng), a_firm(rng), a_person(rng), a_firm(rng), a_person(rng)]
    rng.shuffle(bodies)
    return [{"id": added(api, body)["id"], **body} for body in bodies]


def test_the_list_for_everybody(api: httpx.Client, rng: random.Random) -> None:
    """The public list shows persons and firms in order, with the fields for everybody"""
    check_list(api, "public", some_profiles(api, rng))


def test_the_list_for_the_office(api: httpx.Client, rng: random.Random) -> None:
    """The office's list shows persons and firms in order, with the fields for the office"""
    bodies = some_profiles(api, rng)
    listed(api, "public", len(bodies))  # what everybody is shown must not change the rest
    check_list(api, "office", bodies)


def test_empty_lists(api: httpx.Client, rng: random.Random) -> None:
    """Both lists are empty at first and grow with each profile"""
    for door in ("office", "public"):
        listed(api, door, 0)
    added(api, a_firm(rng))
    for door in ("public", "office"):
        listed(api, door, 1)
