"""Whether both lists show every profile, and of each what the door may show."""

import random
from typing import Any

import httpx

from support import a_certificate, a_firm, a_person, added, odd_texts, same_json, view, with_text


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
        in_place = entry.get("id") == body["id"] or entry.get("name") == body["name"]
        assert in_place, f"profiles should be {where} in the order in which they came"
        expected = view(body, door)
        leaked = ", ".join(sorted(flat(body) & (flat(entry) - flat(expected))))
        assert not leaked, f"a {body['kind']} {where} should not show {leaked}"
        missing = ", ".join(sorted(flat(expected) - flat(entry)))
        assert not missing, f"a {body['kind']} {where} should show {missing}"
        same = same_json(entry, expected)
        assert same, f"a {body['kind']} {where} should have its values as sent, and nothing more"


def some_profiles(api: httpx.Client, rng: random.Random) -> list[dict[str, Any]]:
    """Persons and firms that have been added, well over ten, with the `id` that they got."""
    makes = (a_person, a_firm)
    bodies = [make(rng) for make in makes for _ in range(3)]
    bodies += [with_text(make(rng), text) for make in makes for text in odd_texts(rng)]
    certificates = [a_certificate(rng)] * 2
    bodies.append({**a_person(rng), "remark": None, "certificates": certificates})
    bodies.append({**a_person(rng), "certificates": []})
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
