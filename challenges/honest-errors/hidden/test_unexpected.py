"""Whether an unexpected error tells the client an id and nothing else."""

import random
import re

import httpx

from support import CLOSE, check_absent, check_member, good_body, problem_in, taken_in, word

TRACES = ("Traceback", 'File \\"', "main.py", "read_scale")


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
    for secret in (*secrets, *TRACES):
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
        check_absent(api, body["code"], "a 500")
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
