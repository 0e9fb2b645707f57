"""Whether each door shows its own fields, apart from those that nobody may see."""

import random
from typing import Any

import httpx

from support import a_firm, a_person, added, odd_texts, profile_in, same_json, shown, with_text

NOBODY = {"password_hash", "remark", "api_key"}
OFFICE_ONLY = {"email", "phone", "tax_number"}


def check_view(profile: dict[str, Any], body: dict[str, Any], door: str, where: str) -> None:
    """The right fields, as they were sent; what nobody may see is another requirement."""
    kept_back = NOBODY if door == "office" else NOBODY | OFFICE_ONLY
    fields = set(body) - kept_back
    missing = ", ".join(sorted(fields - set(profile)))
    assert not missing, f"a {body['kind']} {where} should show {missing}"
    surplus = sorted((set(profile) - fields - NOBODY - {"id"}) & (OFFICE_ONLY | set(body)))
    assert not surplus, f"a {body['kind']} {where} should not show {', '.join(surplus)}"
    unknown = len(set(profile) - fields - NOBODY - {"id"})
    assert not unknown, f"a {body['kind']} {where} has {unknown} field(s) that are in no table"
    for field in sorted(fields - {"address", "certificates"}):
        same = same_json(profile[field], body[field])
        assert same, f"`{field}` of a {body['kind']} should come back {where} as it was sent"


def check_one(api: httpx.Client, body: dict[str, Any], door: str) -> None:
    number = added(api, body)["id"]
    answer = api.get(f"/{door}/profiles/{number}")
    status = answer.status_code
    assert status == 200, f"GET at the {door} door should answer 200, it answered {status}"
    profile = profile_in(answer, f"GET at the {door} door")
    check_view(profile, body, door, f"at the {door} door")
    same = same_json(profile.get("id"), number)
    assert same, "GET should show the `id` that POST answered with"


def test_a_new_profile(api: httpx.Client, rng: random.Random) -> None:
    """POST answers 201 with the fields for the office"""
    for body in (a_person(rng), a_firm(rng)):
        answer = api.post("/office/profiles", json=body)
        status = answer.status_code
        assert status == 201, f"POST of a {body['kind']} should answer 201, it answered {status}"
        check_view(profile_in(answer, "POST"), body, "office", "in the answer to POST")


def test_the_office_sees_a_person(api: httpx.Client, rng: random.Random) -> None:
    """The office sees email and phone of a person"""
    check_one(api, a_person(rng), "office")


def test_the_office_sees_a_firm(api: httpx.Client, rng: random.Random) -> None:
    """The office sees the tax number of a firm"""
    check_one(api, a_firm(rng), "office")


def test_everybody_sees_a_person(api: httpx.Client, rng: random.Random) -> None:
    """Everybody sees who a person is, but neither email nor phone"""
    for phone in ({}, {"phone": None}):
        check_one(api, {**a_person(rng), **phone}, "public")


def test_everybody_sees_a_firm(api: httpx.Client, rng: random.Random) -> None:
    """Everybody sees who a firm is, but not its tax number"""
    check_one(api, a_firm(rng), "public")


def test_every_text(api: httpx.Client, rng: random.Random) -> None:
    """Every text comes back as it is, be it empty, with blanks around it, or no real email"""
    for text in odd_texts(rng):
        person = {**with_text(a_person(rng), text), "email": text}
        for body in (person, with_text(a_firm(rng), text)):
            profile = added(api, body)
            check_view(profile, body, "office", "in the answer to POST")
            for door in ("office", "public"):
                check_view(shown(api, door, profile["id"]), body, door, f"at the {door} door")


def test_the_doors_do_not_disturb_each_other(api: httpx.Client, rng: random.Random) -> None:
    """What one door shows does not change what the other shows"""
    for body in (a_person(rng), a_firm(rng)):
        number = added(api, body)["id"]
        for door in ("public", "office", "public"):
            where = f"at the {door} door, after the other door was asked,"
            check_view(shown(api, door, number), body, door, where)


def test_numbers(api: httpx.Client, rng: random.Random) -> None:
    """Persons and firms are numbered together, 1, 2, 3 and on, even two that are alike"""
    bodies = [make(rng) for make in (a_person, a_firm) for _ in range(5)]
    rng.shuffle(bodies)
    bodies += bodies[-2:]
    numbers = [added(api, body)["id"] for body in bodies]
    assert numbers[:3] == [1, 2, 3], "the first three profiles should have `id` 1, 2 and 3"
    counted = numbers == list(range(1, len(bodies) + 1))
    assert counted, "every new profile should have the next number, even if it is like another"
    for number in rng.sample(numbers, len(numbers)):
        for door in ("office", "public"):
            name = shown(api, door, number).get("name")
            same = name == bodies[number - 1]["name"]
            assert same, f"GET at the {door} door should show the profile with that `id`"


def check_unknown(api: httpx.Client, door: str, number: int) -> None:
    status = api.get(f"/{door}/profiles/{number}").status_code
    unknown = f"the unknown `id` {number} at the {door} door"
    assert status == 404, f"{unknown} should answer 404, it answered {status}"


def test_no_such_profile(api: httpx.Client, rng: random.Random) -> None:
    """A profile that does not exist is a 404 at both doors"""
    for door in ("office", "public"):
        check_unknown(api, door, 1)
    numbers = [added(api, body)["id"] for body in (a_person(rng), a_firm(rng), a_person(rng))]
    for door in ("office", "public"):
        shown(api, door, numbers[0])
        for number in (0, -1, -2, -3, max(numbers) + 1, rng.randint(10**6, 10**9)):
            check_unknown(api, door, number)
