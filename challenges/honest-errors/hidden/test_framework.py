"""Whether errors that the framework finds are problem documents as well."""

import random
import string
from typing import Any

import httpx


def new_code(rng: random.Random, size: int = 8) -> str:
    return "".join(rng.choices(string.ascii_uppercase + string.digits, k=size))


def good_body(rng: random.Random) -> dict[str, Any]:
    scale = f"gram-{rng.randint(100, 9000)}"
    return {"code": new_code(rng), "shelf": rng.randint(2, 39), "scale": scale}


def taken_in(api: httpx.Client, body: dict[str, Any]) -> str:
    """The code of a parcel that has just been taken in."""
    status = api.post("/parcels", json=body).status_code
    assert status == 201, f"POST /parcels with a valid body should answer 201, it answered {status}"
    return str(body["code"])


def problem_in(answer: httpx.Response, status: int, asked: str) -> dict[str, Any]:
    """The problem document that an answer carries, once its shape is sure."""
    found = answer.status_code
    assert found == status, f"{asked} should answer {status}, it answered {found}"
    kind = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
    assert kind == "application/problem+json", (
        f"the {status} to {asked} should have the content type application/problem+json"
    )
    body = answer.json()
    assert isinstance(body, dict), f"the {status} to {asked} should be a JSON object"
    same = type(body.get("status")) is int and body["status"] == status
    assert same, f"the {status} to {asked} should have the number {status} in `status`"
    for name in ("type", "title", "detail"):
        value = body.get(name)
        assert isinstance(value, str) and value.strip(), (
            f"the {status} to {asked} should have a text in `{name}`"
        )
    return body


def check_member(problem: dict[str, Any], name: str, expected: str, asked: str) -> None:
    same = problem.get(name) == expected
    assert same, f"the error of {asked} should have {expected!r} in `{name}`"


def word(rng: random.Random) -> str:
    return "".join(rng.choices(string.ascii_lowercase, k=rng.randint(9, 14)))


def check_plain(answer: httpx.Response, status: int, title: str, asked: str) -> None:
    problem = problem_in(answer, status, asked)
    check_member(problem, "type", "about:blank", asked)
    check_member(problem, "title", title, asked)


def test_an_unknown_path(api: httpx.Client, rng: random.Random) -> None:
    """A path that the service does not have is a Not Found problem"""
    code = taken_in(api, good_body(rng))
    for path in (f"/{word(rng)}", f"/{word(rng)}/{word(rng)}", f"/parcels/{code}/{word(rng)}"):
        check_plain(api.get(path), 404, "Not Found", "GET of an unknown path")


def test_any_method_on_an_unknown_path(api: httpx.Client, rng: random.Random) -> None:
    """An unknown path is a Not Found problem whatever the method"""
    taken_in(api, good_body(rng))
    for method in rng.sample(["POST", "PUT", "PATCH", "DELETE"], 4):
        answer = api.request(method, f"/{word(rng)}")
        check_plain(answer, 404, "Not Found", f"{method} of an unknown path")


def test_a_wrong_method(api: httpx.Client, rng: random.Random) -> None:
    """A method that the path does not have is a Method Not Allowed problem"""
    code = taken_in(api, good_body(rng))
    paths = {
        "/parcels": ["PUT", "PATCH", "DELETE"],
        f"/parcels/{code}": ["PUT", "DELETE"],
        f"/parcels/{code}/collect": ["PUT", "PATCH"],
        f"/scales/gram-{rng.randint(1, 99)}": ["POST", "DELETE"],
    }
    for path, methods in paths.items():
        for method in methods:
            shown = f"{method} {path.replace(code, '{code}').partition('-')[0]}"
            check_plain(api.request(method, path), 405, "Method Not Allowed", shown)
