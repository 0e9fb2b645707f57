"""What the hidden tests share."""

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


def odd_texts(rng: random.Random) -> list[str]:
    """Texts that are easily dropped, trimmed, escaped, or read as something else."""
    some = word(rng)
    return [
        "",
        " ",
        f" {some}\n",
        "null",
        f"0{rng.randint(10, 99)}",
        f'<b>{some}</b> & "{some}" \\n',
        f"{some} e\u0301 \u00e9 \u6f22\u5b57 \U0001f989",
        some * 100,
    ]


def with_text(part: Any, text: str) -> Any:
    """The same with this text in the place of each, other than `kind` and `email`."""
    if isinstance(part, list):
        return [with_text(entry, text) for entry in part]
    if isinstance(part, dict):
        return {
            name: value if name in ("kind", "email") else with_text(value, text)
            for name, value in part.items()
        }
    return text if isinstance(part, str) else part


def mixed(rng: random.Random, fields: dict[str, Any]) -> dict[str, Any]:
    """The same fields in any order: what nobody may see does not always come last."""
    return dict(rng.sample(list(fields.items()), len(fields)))


def an_address(rng: random.Random) -> dict[str, Any]:
    fields = {
        "city": word(rng),
        "street": f"{word(rng)} {rng.randint(1, 99)}",
        "door_code": word(rng),
    }
    return mixed(rng, fields)


def a_certificate(rng: random.Random) -> dict[str, Any]:
    fields = {
        "title": word(rng),
        "year": rng.randint(1970, 2026),
        "number": word(rng),
        "scan": f"/scans/{word(rng)}.pdf",
    }
    return mixed(rng, fields)


def a_person(rng: random.Random) -> dict[str, Any]:
    """A person with every field, optional or not."""
    fields = {
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
    return mixed(rng, fields)


def a_firm(rng: random.Random) -> dict[str, Any]:
    """A firm with every field, optional or not."""
    fields = {
        "kind": "firm",
        "name": f"{word(rng, 5)} & {word(rng, 7)}",
        "website": f"https://{word(rng)}.example",
        "address": an_address(rng),
        "tax_number": word(rng),
        "api_key": word(rng, 20),
    }
    return mixed(rng, fields)


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
