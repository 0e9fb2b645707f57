"""Whether an optional field is shown exactly if it was sent."""

import json
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


def same_json(found: Any, expected: Any) -> bool:
    """Equal as JSON: Python would take 1.0 and True for 1."""
    return json.dumps(found, sort_keys=True) == json.dumps(expected, sort_keys=True)


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


def in_list(api: httpx.Client, door: str, name: str) -> dict[str, Any]:
    """The profile of this name in the list at a door."""
    where = f"the list at the {door} door"
    found = api.get(f"/{door}/profiles").json()
    assert isinstance(found, list), f"{where} should be a JSON list"
    entries = [entry for entry in found if isinstance(entry, dict) and entry.get("name") == name]
    assert len(entries) == 1, f"{where} should have each profile once"
    return dict(entries[0])


def answers(api: httpx.Client, body: dict[str, Any]) -> list[tuple[dict[str, Any], str, str]]:
    """All five answers that show a profile, with the door and a word on where each was seen."""
    profile = added(api, body)
    found = [(profile, "office", "in the answer to POST")]
    for door in ("office", "public"):
        found.append((shown(api, door, profile["id"]), door, f"at the {door} door"))
        listed = in_list(api, door, body["name"])
        found.append((listed, door, f"in the list at the {door} door"))
    return found


def check(part: Any, sent: dict[str, Any], field: str, where: str) -> None:
    """The field is there if it was sent, with its value, and absent if not."""
    assert isinstance(part, dict), f"what carries `{field}` should be a JSON object {where}"
    if field not in sent:
        assert field not in part, f"`{field}` was not sent, it should be absent {where}"
        return
    how = "null" if sent[field] is None else "a value"
    assert field in part, f"`{field}` was sent as {how}, it should be there {where}"
    same = same_json(part[field], sent[field])
    assert same, f"`{field}` was sent as {how}, it should be the same {where}"


def check_person(api: httpx.Client, body: dict[str, Any]) -> None:
    for profile, door, where in answers(api, body):
        check(profile, body, "bio", where)
        if door == "office":
            check(profile, body, "phone", where)


def lacking(body: dict[str, Any], *fields: str) -> dict[str, Any]:
    return {name: value for name, value in body.items() if name not in fields}


def test_nothing_optional(api: httpx.Client, rng: random.Random) -> None:
    """A person without bio and phone has neither in any answer"""
    check_person(api, a_person(rng))
    check_person(api, lacking(a_person(rng), "bio", "phone", "remark"))


def test_null_is_a_value(api: httpx.Client, rng: random.Random) -> None:
    """Bio and phone sent as null are shown as null"""
    check_person(api, {**a_person(rng), "bio": None, "phone": None, "remark": None})


def test_one_of_two(api: httpx.Client, rng: random.Random) -> None:
    """Bio and phone are independent of each other"""
    check_person(api, {**lacking(a_person(rng), "bio"), "phone": None})
    check_person(api, {**lacking(a_person(rng), "phone"), "bio": None})


def test_the_website_of_a_firm(api: httpx.Client, rng: random.Random) -> None:
    """The website of a firm is shown exactly if it was sent"""
    for body in (a_firm(rng), lacking(a_firm(rng), "website"), {**a_firm(rng), "website": None}):
        for profile, _, where in answers(api, body):
            check(profile, body, "website", where)


def test_the_year_of_a_certificate(api: httpx.Client, rng: random.Random) -> None:
    """The year of each certificate is shown exactly if it was sent"""
    body = a_person(rng)
    null = {**a_certificate(rng), "year": None}
    sent = [a_certificate(rng), lacking(a_certificate(rng), "year"), null]
    rng.shuffle(sent)
    body["certificates"] = sent
    for profile, _, where in answers(api, body):
        found = profile.get("certificates")
        whole = isinstance(found, list) and len(found) == len(sent)
        assert whole, f"`certificates` should be a list of {len(sent)} {where}"
        for certificate, expected in zip(found or [], sent, strict=True):
            check(certificate, expected, "year", where)
