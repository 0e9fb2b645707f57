"""Whether an unexpected error tells the client an id and nothing else."""

import random
import re
import string
from typing import Any

import httpx

CLOSE = {"Connection": "close"}  # servers hang up after a crash: nothing else goes this way


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
    return "".join(rng.choices(string.ascii_lowercase, k=12))


def broken_scales(rng: random.Random) -> dict[str, list[str]]:
    """Scales that fail, each with pieces of the exception that nobody should see."""
    host, number, family = word(rng), word(rng), word(rng)
    lost = ["ConnectionError", "scale://", "hunter2", f"{host}.internal", "gave no answer"]
    return {
        f"lost-{host}": lost,
        f"kilo-{number}": ["ValueError", "invalid literal", f"'{number}'"],
        f"{family}-{rng.randint(1, 9)}": ["KeyError", f"'{family}'"],
    }


def incident_in(answer: httpx.Response, asked: str) -> str:
    problem = problem_in(answer, 500, asked)
    check_member(problem, "type", "about:blank", asked)
    check_member(problem, "title", "Internal Server Error", asked)
    incident = problem.get("incident")
    assert isinstance(incident, str) and re.fullmatch(r"[A-Za-z0-9_-]{8,64}", incident), (
        f"the 500 to {asked} should have an id in `incident`: "
        "8 to 64 letters, digits, hyphens and underscores"
    )
    return incident


def check_silent(answer: httpx.Response, secrets: list[str], asked: str) -> None:
    said = answer.text + " ".join(answer.headers.values())
    for secret in (*secrets, "Traceback", 'File \\"'):
        assert secret not in said, f"the 500 to {asked} shows something of the exception"


def test_a_scale_that_fails(api: httpx.Client, rng: random.Random) -> None:
    """Whatever a scale raises, the answer is a 500 with an incident"""
    for serial, secrets in broken_scales(rng).items():
        asked = f"GET of a scale that raises {secrets[0]}"
        incident_in(api.get(f"/scales/{serial}", headers=CLOSE), asked)
    status = api.get("/scales/gram-5").status_code
    assert status == 200, f"the next scale should answer 200 again, it answered {status}"


def test_a_parcel_on_a_scale_that_fails(api: httpx.Client, rng: random.Random) -> None:
    """A parcel that cannot be weighed is a 500 with an incident and is not stored"""
    for serial, secrets in broken_scales(rng).items():
        body = good_body(rng)
        asked = f"POST /parcels with a scale that raises {secrets[0]}"
        answer = api.post("/parcels", json={**body, "scale": serial}, headers=CLOSE)
        incident_in(answer, asked)
        taken_in(api, body)


def test_what_a_scale_says_to_nobody(api: httpx.Client, rng: random.Random) -> None:
    """Nothing of the exception is in the answer of a scale"""
    for serial, secrets in broken_scales(rng).items():
        asked = f"GET of a scale that raises {secrets[0]}"
        answer = api.get(f"/scales/{serial}", headers=CLOSE)
        incident_in(answer, asked)
        check_silent(answer, secrets, asked)


def test_what_a_parcel_says_to_nobody(api: httpx.Client, rng: random.Random) -> None:
    """Nothing of the exception is in the answer to a parcel"""
    for serial, secrets in broken_scales(rng).items():
        asked = f"POST /parcels with a scale that raises {secrets[0]}"
        answer = api.post("/parcels", json={**good_body(rng), "scale": serial}, headers=CLOSE)
        incident_in(answer, asked)
        check_silent(answer, secrets, asked)


def test_every_time_a_new_id(api: httpx.Client, rng: random.Random) -> None:
    """Every unexpected error has an id of its own, also the same error again"""
    path = f"/scales/lost-{word(rng)}"
    found = [incident_in(api.get(path, headers=CLOSE), "GET of a lost scale") for _ in range(4)]
    different = len(set(found)) == 4
    assert different, "four unexpected errors should have four ids in `incident`"
