"""Whether addresses and certificates show what the door may show of them."""

import random
from typing import Any

import httpx

from support import (
    a_certificate,
    a_firm,
    a_person,
    added,
    odd_texts,
    same_json,
    shown,
    view,
    with_text,
    word,
)


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


def test_many_certificates(api: httpx.Client, rng: random.Random) -> None:
    """Many certificates, two of them alike, come back in their order"""
    certificates = [a_certificate(rng) for _ in range(11)]
    body = {**a_person(rng), "certificates": [*certificates, certificates[0]]}
    for profile, door, where in answers(api, body):
        check_certificates(profile, body, door, where)


def test_every_year(api: httpx.Client, rng: random.Random) -> None:
    """Every whole number is a year"""
    years = [0, -rng.randint(1, 3000), rng.randint(1, 1800), rng.randint(3000, 10**6)]
    certificates = [{**a_certificate(rng), "year": year} for year in years]
    body = {**a_person(rng), "certificates": certificates}
    for profile, door, where in answers(api, body):
        check_certificates(profile, body, door, where)


def test_every_text(api: httpx.Client, rng: random.Random) -> None:
    """In an address and in a certificate every text comes back as it is"""
    for text in odd_texts(rng):
        for body in (with_text(a_person(rng), text), with_text(a_firm(rng), text)):
            for profile, door, where in answers(api, body):
                check_part(profile.get("address"), body["address"], door, "address.", where)
                if body["kind"] == "person":
                    check_certificates(profile, body, door, where)


def test_no_certificates(api: httpx.Client, rng: random.Random) -> None:
    """A person without certificates has an empty list of them"""
    body = {**a_person(rng), "certificates": []}
    for profile, door, where in answers(api, body):
        check_certificates(profile, body, door, where)
