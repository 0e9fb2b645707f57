"""Whether what nobody may see stays out of every answer with one profile."""

import random
from typing import Any

import httpx

from support import a_firm, a_person, profile_in


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


def test_empty_secrets(api: httpx.Client, rng: random.Random) -> None:
    """What nobody may see is not shown if it is empty either"""
    check_everywhere(api, {**a_person(rng), "password_hash": "", "remark": ""})
    check_everywhere(api, {**a_firm(rng), "api_key": ""})
