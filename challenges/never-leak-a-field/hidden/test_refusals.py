"""Whether a body that does not fit is refused without repeating its secrets."""

import json
import random
from typing import Any

import httpx

from support import a_firm, a_person, added, word

NOBODY = {"password_hash", "remark", "api_key", "door_code", "scan"}


def check_accepted(api: httpx.Client, body: dict[str, Any]) -> None:
    status = api.post("/office/profiles", json=body).status_code
    whole = f"a {body['kind']} with all its fields"
    assert 200 <= status < 300, f"{whole} should be accepted, the answer was {status}"


def secrets_of(part: Any) -> list[str]:
    """The values of all fields that nobody may see, at every depth."""
    if isinstance(part, list):
        return [secret for entry in part for secret in secrets_of(entry)]
    if not isinstance(part, dict):
        return []
    here = [part[name] for name in sorted(NOBODY & set(part))]
    return here + [secret for value in part.values() for secret in secrets_of(value)]


def repeats(answer: httpx.Response, body: dict[str, Any]) -> bool:
    """Whether a secret of the body is in the answer, as it is or as JSON writes it."""
    # A scan is a path, and JSON may write its slashes with a backslash before them.
    text = answer.text.replace("\\/", "/")
    spellings = [
        spelling
        for secret in secrets_of(body)
        for spelling in (secret, json.dumps(secret), json.dumps(secret, ensure_ascii=False))
    ]
    return any(spelling.strip('"') in text for spelling in spellings)


def refused(api: httpx.Client, body: dict[str, Any], what: str) -> httpx.Response:
    answer = api.post("/office/profiles", json=body)
    status = answer.status_code
    assert status == 422, f"{what} should be refused with 422, the answer was {status}"
    return answer


def check_refused(api: httpx.Client, body: dict[str, Any], what: str) -> None:
    repeated = repeats(refused(api, body, what), body)
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
        broken = lacking(first, field)
        for certificates in ([broken, *others], [*others, broken]):
            changed = {**body, "certificates": certificates}
            check_refused(api, changed, f"a person with a certificate that lacks {field}")


def test_another_kind(api: httpx.Client, rng: random.Random) -> None:
    """A profile of no kind, or of another one, is refused, and no secret is repeated"""
    for body in (a_person(rng), a_firm(rng)):
        check_accepted(api, body)
        check_refused(api, lacking(body, "kind"), "a profile without kind")
        kind = body["kind"]
        for other in (word(rng), "", None, kind.upper(), kind.title(), f"{kind}s"):
            check_refused(api, {**body, "kind": other}, "a profile of another kind")
    check_refused(api, {}, "an empty object")


def test_the_fields_of_the_other_kind(api: httpx.Client, rng: random.Random) -> None:
    """A firm with the fields of a person lacks its own, and so does a person with those of a firm"""
    person, firm = a_person(rng), a_firm(rng)
    check_accepted(api, person)
    check_accepted(api, firm)
    refused(api, {**person, "kind": "firm"}, "a firm with the fields of a person")
    refused(api, {**firm, "kind": "person"}, "a person with the fields of a firm")


def with_secret(part: Any, secret: str) -> Any:
    """The same with this value in the place of each that nobody may see."""
    if isinstance(part, list):
        return [with_secret(entry, secret) for entry in part]
    if not isinstance(part, dict):
        return part
    return {
        name: secret if name in NOBODY else with_secret(value, secret)
        for name, value in part.items()
    }


def test_secrets_of_all_sorts(api: httpx.Client, rng: random.Random) -> None:
    """No secret is repeated, be it short or long or with quotes in it"""
    # No refusal has a short one by accident: neither a message nor a number is written like it.
    sorts = (f"~{rng.randint(2, 9)}", f'{word(rng)}"\u00e9{word(rng)}', word(rng) * 50)
    for secret in sorts:
        for body in (with_secret(a_person(rng), secret), with_secret(a_firm(rng), secret)):
            check_accepted(api, body)
            check_refused(api, lacking(body, "name"), f"a {body['kind']} without name")
            changed = {**body, "address": lacking(body["address"], "city")}
            check_refused(api, changed, f"a {body['kind']} whose address lacks city")
            check_refused(api, lacking(body, "kind"), "a profile without kind")


def test_an_unknown_number(api: httpx.Client, rng: random.Random) -> None:
    """The 404 for an unknown profile repeats no secret of those there are"""
    bodies = [a_person(rng), a_firm(rng)]
    unknown = max(added(api, body)["id"] for body in bodies) + 1
    for door in ("office", "public"):
        answer = api.get(f"/{door}/profiles/{unknown}")
        status = answer.status_code
        assert status == 404, f"an unknown `id` should answer 404, it answered {status}"
        repeated = any(repeats(answer, body) for body in bodies)
        assert not repeated, f"the 404 at the {door} door repeats a value that nobody may see"


def test_a_refused_body_leaves_nothing(api: httpx.Client, rng: random.Random) -> None:
    """A refused body is in no list and takes no number"""
    numbers = []
    for body in (a_person(rng), a_firm(rng)):
        refused(api, lacking(body, "name"), f"a {body['kind']} without name")
        refused(api, lacking(body, "kind"), "a profile without kind")
        address = lacking(body["address"], "city")
        refused(api, {**body, "address": address}, "a profile whose address lacks city")
        numbers.append(added(api, body)["id"])
    assert numbers == [1, 2], "a refused body should take no number"
    for door in ("office", "public"):
        found = api.get(f"/{door}/profiles").json()
        both = isinstance(found, list) and len(found) == len(numbers)
        assert both, f"no refused body should be in the list at the {door} door"
