"""Whether an optional field is shown exactly if it was sent."""

import random
from typing import Any

import httpx

from support import a_certificate, a_firm, a_person, added, same_json, shown


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


def test_empty_is_a_value(api: httpx.Client, rng: random.Random) -> None:
    """Bio and phone sent as empty texts are shown as empty texts"""
    check_person(api, {**a_person(rng), "bio": "", "phone": ""})


def test_one_of_two(api: httpx.Client, rng: random.Random) -> None:
    """Bio and phone are independent of each other"""
    check_person(api, {**lacking(a_person(rng), "bio"), "phone": None})
    check_person(api, {**lacking(a_person(rng), "phone"), "bio": None})


def test_the_website_of_a_firm(api: httpx.Client, rng: random.Random) -> None:
    """The website of a firm is shown exactly if it was sent"""
    sent = [{**a_firm(rng), "website": website} for website in (None, "")]
    for body in (a_firm(rng), lacking(a_firm(rng), "website"), *sent):
        for profile, _, where in answers(api, body):
            check(profile, body, "website", where)


def test_the_year_of_a_certificate(api: httpx.Client, rng: random.Random) -> None:
    """The year of each certificate is shown exactly if it was sent"""
    body = a_person(rng)
    sent = [{**a_certificate(rng), "year": year} for year in (None, 0)]
    sent += [a_certificate(rng), lacking(a_certificate(rng), "year")]
    rng.shuffle(sent)
    body["certificates"] = sent
    for profile, _, where in answers(api, body):
        found = profile.get("certificates")
        whole = isinstance(found, list) and len(found) == len(sent)
        assert whole, f"`certificates` should be a list of {len(sent)} {where}"
        for certificate, expected in zip(found or [], sent, strict=True):
            check(certificate, expected, "year", where)
