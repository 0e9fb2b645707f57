"""What the hidden tests share."""

import random
import string
from typing import Any

import httpx

CLOSE = {"Connection": "close"}  # servers hang up after a crash: nothing else goes this way
STAFF = {"Authorization": "Bearer depot-staff"}


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


def check_absent(api: httpx.Client, code: str, after: str) -> None:
    answer = api.get(f"/parcels/{code}")
    shown = answer.status_code == 200 and '"grams"' in answer.text
    assert not shown, f"after {after} there should be no such parcel, but GET shows it"


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


def wrong_tokens(rng: random.Random) -> list[dict[str, str | bytes]]:
    """Headers of people who are not staff: none, another token, almost the right one."""
    almost = ["Bearer depot-staf", "Bearer depot-staff2", "Bearer Depot-Staff", "Basic depot-staff"]
    foreign = f"Bearer d\xe9p\xf4t-{word(rng)}".encode("latin-1")
    values = [f"Bearer {word(rng)}", foreign, "depot-staff", *almost]
    return [{}, *({"Authorization": value} for value in values)]


def word(rng: random.Random) -> str:
    return "".join(rng.choices(string.ascii_lowercase, k=12))
