"""Whether an invalid request is refused with every mistake that is in it."""

import json
import random
import string
from typing import Any

import httpx

from support import check_absent, check_member, good_body, new_code, problem_in, taken_in

INVALID = "https://lockers.example/problems/invalid-request"


def mistakes_in(answer: httpx.Response, asked: str) -> list[str]:
    """Where the mistakes are that an answer lists, once its shape is sure."""
    problem = problem_in(answer, 422, asked)
    check_member(problem, "type", INVALID, asked)
    check_member(problem, "title", "Invalid request", asked)
    errors = problem.get("errors")
    assert isinstance(errors, list) and errors, f"the 422 to {asked} should have a list `errors`"
    for each in errors:
        texts = [each.get(name) for name in ("where", "message")] if isinstance(each, dict) else []
        assert texts and all(isinstance(text, str) and text.strip() for text in texts), (
            f"everything in `errors` of {asked} should have texts in `where` and `message`"
        )
    return [each["where"] for each in errors]


def check_mistakes(answer: httpx.Response, expected: set[str], asked: str) -> None:
    found = mistakes_in(answer, asked)
    missing = ", ".join(sorted(expected.difference(found)))
    assert not missing, f"`errors` of {asked} should have an object whose `where` is {missing}"
    assert set(found) == expected, f"`errors` of {asked} should name only the fields that are wrong"
    assert len(found) == len(expected), f"`errors` of {asked} should have one object for a field"


def check_body(answer: httpx.Response, asked: str) -> None:
    inside = all(where.startswith("body") for where in mistakes_in(answer, asked))
    assert inside, f"every `where` in `errors` of {asked} should start with `body`"


def posted(api: httpx.Client, body: str) -> httpx.Response:
    headers = {"Content-Type": "application/json"}
    return api.post("/parcels", content=body.encode(), headers=headers)


def bad_values(rng: random.Random) -> dict[str, list[Any]]:
    """What breaks the table, by field; a missing field is `...`."""
    return {
        "code": [
            *("", new_code(rng, 5), new_code(rng, 11), new_code(rng).lower() + "a", "AB-12-CD"),
            *(f"{new_code(rng)}\n", f"\xc4{new_code(rng)}", f"{new_code(rng)}\u0663"),
            *(rng.randint(10**7, 10**8), [new_code(rng)], None, ...),
        ],
        "shelf": [
            *(0, 41, -rng.randint(1, 99), rng.randint(42, 10**6), 10**30, rng.randint(1, 39) + 0.5),
            *("left", "", [7], {}, None, ...),
        ],
        "scale": [[f"gram-{rng.randint(1, 9)}"], {"gram": 1}, rng.randint(1, 9), None, ...],
    }


def with_field(body: dict[str, Any], name: str, value: Any) -> dict[str, Any]:
    kept = {key: old for key, old in body.items() if key != name}
    return kept if value is ... else {**kept, name: value}


def test_one_wrong_field(api: httpx.Client, rng: random.Random) -> None:
    """A field that is missing or wrong is named, and only that one"""
    for name, values in bad_values(rng).items():
        for value in values:
            answer = api.post("/parcels", json=with_field(good_body(rng), name, value))
            check_mistakes(answer, {f"body.{name}"}, f"POST /parcels with a wrong `{name}`")


def test_several_wrong_fields(api: httpx.Client, rng: random.Random) -> None:
    """Every wrong field is named at once"""
    bad = bad_values(rng)
    for names in (["code", "shelf"], ["shelf", "scale"], ["code", "scale"], list(bad)):
        body = good_body(rng)
        for name in names:
            body = with_field(body, name, rng.choice(bad[name]))
        expected = {f"body.{name}" for name in names}
        asked = f"POST /parcels with {len(names)} wrong fields"
        check_mistakes(api.post("/parcels", json=body), expected, asked)


def test_missing_fields(api: httpx.Client, rng: random.Random) -> None:
    """Every missing field is named, and hides no wrong one"""
    everything = {"body.code", "body.shelf", "body.scale"}
    check_mistakes(posted(api, "{}"), everything, "POST /parcels with an empty object")
    bad = bad_values(rng)
    for missing in bad:
        for name in bad.keys() - {missing}:
            value = rng.choice(bad[name][:-1])
            body = with_field(with_field(good_body(rng), missing, ...), name, value)
            asked = f"POST /parcels without `{missing}` and with a wrong `{name}`"
            expected = {f"body.{missing}", f"body.{name}"}
            check_mistakes(api.post("/parcels", json=body), expected, asked)


def test_values_that_cannot_be_sent_back(api: httpx.Client, rng: random.Random) -> None:
    """A value that no answer could repeat is refused like any other"""
    code = new_code(rng)
    for name, value in (("shelf", "1e400"), ("shelf", "NaN"), ("code", '"AB\\ud800CDEF"')):
        fields = {"code": f'"{code}"', "shelf": "7", "scale": '"gram-5"', name: value}
        body = ", ".join(f'"{key}": {text}' for key, text in fields.items())
        check_body(posted(api, f"{{{body}}}"), f"POST /parcels with {value} as `{name}`")


def test_values_at_the_bounds(api: httpx.Client, rng: random.Random) -> None:
    """The smallest and the largest allowed values are accepted"""
    for size, shelf in ((6, 1), (10, 40)):
        taken_in(api, {**good_body(rng), "code": new_code(rng, size), "shelf": shelf})
    for code in (rng.sample(string.ascii_uppercase, 8), rng.sample(string.digits, 8)):
        taken_in(api, {**good_body(rng), "code": "".join(code)})


def test_a_wrong_tare(api: httpx.Client, rng: random.Random) -> None:
    """A tare outside its bounds is named as query.tare"""
    wild = ("heavy", 10**25, rng.randint(1, 4999) + 0.5)
    for tare in (-1, 5001, -rng.randint(2, 999), rng.randint(5002, 99999), *wild):
        answer = api.get("/scales/kilo-9", params={"tare": tare})
        check_mistakes(answer, {"query.tare"}, "GET of a scale with a wrong `tare`")


def test_a_right_tare(api: httpx.Client, rng: random.Random) -> None:
    """A tare within its bounds is taken off, even below zero, and without one nothing is"""
    for tare in (None, 0, 1, rng.randint(2, 4999), 5000):
        serial = f"kilo-{rng.randint(1, 4)}"
        answer = api.get(f"/scales/{serial}", params={} if tare is None else {"tare": tare})
        status = answer.status_code
        assert status == 200, f"GET of a scale should answer 200, it answered {status}"
        expected = {"serial": serial, "grams": int(serial[5:]) * 1000 - (tare or 0)}
        assert answer.json() == expected, "GET of a scale should show its serial and its grams"


def test_a_body_that_is_no_object(api: httpx.Client, rng: random.Random) -> None:
    """A body that is missing, no JSON or no object is a mistake in `body`"""
    whole = json.dumps(good_body(rng))
    bodies = {"half of its JSON": whole[: len(whole) // 2], "a JSON list": f"[{whole}]", "none": ""}
    bodies |= {
        f"`{text}`": text
        for text in ["[]", "null", "true", "false", "0", "17", '""', '"parcel"', "parcel"]
    }
    for what, body in bodies.items():
        check_body(posted(api, body), f"POST /parcels whose body is {what}")


def test_what_is_left_of_a_refused_parcel(api: httpx.Client, rng: random.Random) -> None:
    """A refused parcel is not there, and its code is still free"""
    body, bad = good_body(rng), bad_values(rng)
    for name in ("shelf", "scale"):
        answer = api.post("/parcels", json=with_field(body, name, rng.choice(bad[name])))
        check_mistakes(answer, {f"body.{name}"}, f"POST /parcels with a wrong `{name}`")
        check_absent(api, body["code"], "a 422")
    taken_in(api, body)
