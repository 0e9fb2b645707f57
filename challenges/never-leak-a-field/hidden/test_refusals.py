"""Whether a body that does not fit is refused without repeating its secrets."""

import random
from typing import Any

import httpx

from support import a_firm, a_person, word


def check_accepted(api: httpx.Client, body: dict[str, Any]) -> None:
    status = api.post("/office/profiles", json=body).status_code
    whole = f"a {body['kind']} with all its fields"
    assert 200 <= status < 300, f"{whole} should be accepted, the answer was {status}"


def secrets_of(part: Any) -> list[str]:
    """The values of all fields that nobody may see, at every depth."""
    nobody = {"password_hash", "remark", "api_key", "door_code", "scan"}
    if isinstance(part, list):
        return [secret for entry in part for secret in secrets_of(entry)]
    if not isinstance(part, dict):
        return []
    here = [part[name] for name in sorted(nobody & set(part))]
    return here + [secret for value in part.values() for secret in secrets_of(value)]


def check_refused(api: httpx.Client, body: dict[str, Any], what: str) -> None:
    answer = api.post("/office/profiles", json=body)
    status = answer.status_code
    assert status == 422, f"{what} should be refused with 422, the answer was {status}"
    # A scan is a path, and JSON may write its slashes with a backslash before them.
    text = answer.text.replace("\\/", "/")
    repeated = any(secret in text for secret in secrets_of(body))
    assert not repeated, f"the refusal of {what} repeats a value that nobody may see"


def lacking(body: dict[str, Any], field: str) -> dict[str, Any]:
    return {name: value for name, value in body.items() if name != field}


def check_without(api: httpx.Client, body: dict[str, Any], *fields: str) -> None:
    check_accepted(api, body)
    for field in fields:
        check_refused(api, lacking(body, field), f"a {body['kind']} without {field}")


def test_a_person_that_lacks_something(api: httpx.Client, rng: random.Random) -> None:
    """A person that lacks a field is refused, and no secret is repeated"""
    fields = ("name", "address", "certificates", "email", "password_hash")
    check_without(api, a_person(rng), *fields)


def test_a_firm_that_lacks_something(api: httpx.Client, rng: random.Random) -> None:
    """A firm that lacks a field is refused, and no secret is repeated"""
    check_without(api, a_firm(rng), "name", "address", "tax_number", "api_key")


def test_an_address_that_lacks_something(api: httpx.Client, rng: random.Random) -> None:
    """An address that lacks a field is refused, and no secret is repeated"""
    for body in (a_person(rng), a_firm(rng)):
        check_accepted(api, body)
        for field in ("city", "street"):
            changed = {**body, "address": lacking(body["address"], field)}
            check_refused(api, changed, f"a {body['kind']} whose address lacks {field}")


def test_a_certificate_that_lacks_something(api: httpx.Client, rng: random.Random) -> None:
    """A certificate that lacks a field is refused, and no secret is repeated"""
    body = a_person(rng)
    check_accepted(api, body)
    first, *others = body["certificates"]
    for field in ("title", "number", "scan"):
        changed = {**body, "certificates": [*others, lacking(first, field)]}
        check_refused(api, changed, f"a person with a certificate that lacks {field}")


def test_another_kind(api: httpx.Client, rng: random.Random) -> None:
    """A profile of no kind, or of another one, is refused, and no secret is repeated"""
    for body in (a_person(rng), a_firm(rng)):
        check_accepted(api, body)
        check_refused(api, lacking(body, "kind"), "a profile without kind")
        check_refused(api, {**body, "kind": word(rng)}, "a profile of another kind")
