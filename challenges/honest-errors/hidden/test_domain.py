"""Whether a broken rule of the depot is told from every other error."""

import random
from typing import Any

import httpx

from support import check_absent, check_member, good_body, new_code, problem_in, taken_in

PROBLEMS = "https://lockers.example/problems/"


def check_rule(answer: httpx.Response, status: int, title: str, code: str, asked: str) -> None:
    problem = problem_in(answer, status, asked)
    name = title.lower().replace(" ", "-")
    check_member(problem, "type", PROBLEMS + name, asked)
    check_member(problem, "title", title, asked)
    same = problem.get("code") == code
    assert same, f"the error of {asked} should have the parcel's code in `code`"
    assert code in problem["detail"], f"the `detail` of {asked} should mention the parcel's code"


def check_parcel(answer: httpx.Response, status: int, parcel: dict[str, Any], asked: str) -> None:
    found = answer.status_code
    assert found == status, f"{asked} should answer {status}, it answered {found}"
    body = answer.json()
    assert isinstance(body, dict), f"{asked} should answer with a JSON object"
    for name, value in parcel.items():
        same = type(body.get(name)) is type(value) and body[name] == value
        assert same, f"{asked} should show the parcel, its `{name}` is not as expected"
    assert body.keys() == parcel.keys(), f"{asked} should show the four fields of a parcel only"


def test_a_parcel_without_an_error(api: httpx.Client, rng: random.Random) -> None:
    """A parcel is taken in, shown and handed out as before"""
    for family, unit in (("gram", 1), ("kilo", 1000)):
        count = rng.randint(2, 30)
        body = {**good_body(rng), "scale": f"{family}-{count}"}
        parcel = {
            "code": body["code"],
            "shelf": body["shelf"],
            "grams": count * unit,
            "collected": False,
        }
        address = f"/parcels/{body['code']}"
        check_parcel(api.post("/parcels", json=body), 201, parcel, "POST /parcels")
        check_parcel(api.get(address), 200, parcel, "GET of a parcel")
        parcel["collected"] = True
        check_parcel(api.post(f"{address}/collect"), 200, parcel, "the first collect")
        check_parcel(api.get(address), 200, parcel, "GET of a collected parcel")


def test_a_parcel_that_is_not_there(api: httpx.Client, rng: random.Random) -> None:
    """GET of an unknown code is an unknown-parcel problem"""
    there = taken_in(api, {**good_body(rng), "code": f"K{new_code(rng)}"})
    strange = [there.lower(), there[:-1], f"{there[:-1]}\xc4", new_code(rng, 3)]
    for code in (*(new_code(rng, size) for size in (6, 8, 10)), *strange):
        asked = "GET of an unknown parcel"
        check_rule(api.get(f"/parcels/{code}"), 404, "Unknown parcel", code, asked)


def test_collecting_what_is_not_there(api: httpx.Client, rng: random.Random) -> None:
    """Collecting an unknown code is an unknown-parcel problem"""
    there = taken_in(api, {**good_body(rng), "code": f"K{new_code(rng)}"})
    for code in (new_code(rng), there.lower()):
        answer = api.post(f"/parcels/{code}/collect")
        check_rule(answer, 404, "Unknown parcel", code, "collect of an unknown parcel")
        check_absent(api, code, "a refused collect")


def test_the_same_code_again(api: httpx.Client, rng: random.Random) -> None:
    """A second parcel with the same code is a duplicate-parcel problem and changes nothing"""
    body = {**good_body(rng), "shelf": 7, "scale": "gram-500"}
    code = taken_in(api, body)
    parcel = {"code": code, "shelf": 7, "grams": 500, "collected": False}
    for scale in ("gram-900", "kilo-9"):
        answer = api.post("/parcels", json={**body, "shelf": 8, "scale": scale})
        check_rule(answer, 409, "Duplicate parcel", code, "POST of a code that is there")
        check_parcel(api.get(f"/parcels/{code}"), 200, parcel, "GET after a refused POST")


def test_the_code_of_a_collected_parcel(api: httpx.Client, rng: random.Random) -> None:
    """The code of a collected parcel stays a duplicate, and the parcel collected"""
    body = {**good_body(rng), "scale": "gram-500"}
    code = taken_in(api, body)
    status = api.post(f"/parcels/{code}/collect").status_code
    assert status == 200, f"the first collect should answer 200, it answered {status}"
    answer = api.post("/parcels", json=body)
    check_rule(answer, 409, "Duplicate parcel", code, "POST of a code that was collected")
    parcel = {"code": code, "shelf": body["shelf"], "grams": 500, "collected": True}
    check_parcel(api.get(f"/parcels/{code}"), 200, parcel, "GET of a collected parcel")


def test_collecting_twice(api: httpx.Client, rng: random.Random) -> None:
    """Collecting a parcel again is an already-collected problem, every time"""
    codes = [taken_in(api, good_body(rng)) for _ in range(2)]
    for code in codes:
        status = api.post(f"/parcels/{code}/collect").status_code
        assert status == 200, f"the first collect should answer 200, it answered {status}"
    for code in rng.sample(codes * 2, 4):
        answer = api.post(f"/parcels/{code}/collect")
        check_rule(answer, 409, "Already collected", code, "a second collect")
