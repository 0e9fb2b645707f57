"""Whether each route works with what is injected into it, and asks for nothing else."""

import random
import re

import httpx

from support import check_status, new_workshop, token_of, word


def check_job(job: object, expected: dict[str, object], asked: str) -> int:
    """Whether this is a job with these values; returns its number."""
    assert isinstance(job, dict), f"{asked} should answer with a job, a JSON object"
    number = job.get("number")
    is_number = isinstance(number, int) and not isinstance(number, bool)
    assert is_number, f"{asked}: `number` should be a whole number"
    for name, value in expected.items():
        assert job.get(name) == value, f"{asked}: `{name}` is not what it should be"
    assert set(job) == {"number", *expected}, f"{asked}: a job should have its five fields"
    return int(number or 0)


def jobs_of(api: httpx.Client, headers: dict[str, str]) -> list[object]:
    answer = api.get("/jobs", headers=headers)
    check_status(answer, 200, "GET /jobs")
    jobs = answer.json()
    assert isinstance(jobs, list), "GET /jobs should answer with a JSON list"
    return jobs


def asked_for(api: httpx.Client) -> set[str]:
    """What was used since the last look."""
    return {str(what) for what, _ in api.get("/driver/log").json()} - {"answer"}


def test_health_needs_nothing(api: httpx.Client) -> None:
    """GET /health answers without any header, and uses nothing"""
    asked_for(api)
    answer = api.get("/health")
    check_status(answer, 200, "GET /health without any header")
    assert answer.json() == {"status": "ok"}, "GET /health should answer with its status"
    assert not asked_for(api), "GET /health should read no users and settings, and not connect"


def test_who_calls(api: httpx.Client, rng: random.Random) -> None:
    """GET /me tells who calls, and uses nothing else"""
    for role in ("mechanic", "chief"):
        caller = token_of(api, rng, role)
        asked_for(api)
        answer = api.get("/me", headers=caller)
        check_status(answer, 200, "GET /me without a workshop")
        name = caller["Authorization"].removeprefix("Bearer ").title()
        expected = {"name": name, "role": role}
        assert answer.json() == expected, "GET /me should answer with name and role of the caller"
        used = asked_for(api)
        assert used == {"find_user"}, "GET /me should read no settings, and not connect"


def test_callers_nobody_knows(api: httpx.Client, rng: random.Random) -> None:
    """Without a known token every route but /health answers 401"""
    place = new_workshop(api, rng)
    known = token_of(api, rng)["Authorization"]
    check_status(api.get("/me", headers={"Authorization": known}), 200, "GET /me")
    strange: dict[str, str] = {"Authorization": f"Bearer {word(rng)}"}
    basic = {"Authorization": known.replace("Bearer", "Basic")}
    job = {"bike": word(rng), "hours": 2}
    for headers in ({}, strange, basic):
        answer = api.get("/me", headers=headers)
        check_status(answer, 401, "GET /me without a known Bearer token")
        challenge = answer.headers.get("www-authenticate", "")
        named = re.search(r"\bbearer\b", challenge, re.IGNORECASE)
        assert named, "a 401 should have WWW-Authenticate: Bearer"
    for method, path, body in (
        ("GET", "/quote?hours=2", None),
        ("GET", "/jobs", None),
        ("POST", "/jobs", job),
        ("POST", "/jobs/1/finish", None),
    ):
        answer = api.request(method, path, headers=place | strange, json=body)
        check_status(answer, 401, f"{method} {path} with an unknown token")


def test_a_price(api: httpx.Client, rng: random.Random) -> None:
    """GET /quote uses the settings of the workshop, and does not connect"""
    caller = token_of(api, rng)
    cents = rng.randint(1000, 9999)
    place = new_workshop(api, rng, cents)
    asked_for(api)
    for hours in (1, rng.randint(2, 39), 40):
        answer = api.get("/quote", params={"hours": hours}, headers=caller | place)
        check_status(answer, 200, "GET /quote")
        expected = {"workshop": place["X-Workshop"], "cents": hours * cents}
        assert answer.json() == expected, "GET /quote should answer with the workshop and its price"
    used = asked_for(api)
    assert used == {"find_user", "load_settings"}, "GET /quote should not connect to the archive"


def test_a_workshop_nobody_knows(api: httpx.Client, rng: random.Random) -> None:
    """A missing or unknown workshop is a 400"""
    caller = token_of(api, rng)
    place = new_workshop(api, rng)
    check_status(api.get("/jobs", headers=caller | place), 200, "GET /jobs")
    for headers in (caller, caller | {"X-Workshop": word(rng)}):
        for path in ("/jobs", "/quote?hours=2"):
            answer = api.get(path, headers=headers)
            check_status(answer, 400, f"GET {path} without a known workshop")


def test_jobs(api: httpx.Client, rng: random.Random) -> None:
    """Jobs are added, listed and finished in their workshop"""
    caller = token_of(api, rng)
    cents = rng.randint(1000, 9999)
    place, other = new_workshop(api, rng, cents), new_workshop(api, rng)
    name = caller["Authorization"].removeprefix("Bearer ").title()
    added: list[dict[str, object]] = []
    for bike, hours in ((word(rng)[:1], 40), (word(rng) * 5, 1)):
        body = {"bike": bike, "hours": hours}
        answer = api.post("/jobs", headers=caller | place, json=body)
        check_status(answer, 201, "POST /jobs")
        job: dict[str, object] = {"bike": bike, "cents": hours * cents, "by": name, "done": False}
        added.append(job | {"number": check_job(answer.json(), job, "POST /jobs")})
    assert jobs_of(api, caller | place) == added, "GET /jobs should list the jobs that were added"
    assert jobs_of(api, caller | other) == [], "another workshop should have no jobs"
    path = f"/jobs/{added[0]['number']}/finish"
    answer = api.post(path, headers=caller | place)
    check_status(answer, 200, "POST /jobs/{number}/finish")
    added[0]["done"] = True
    assert answer.json() == added[0], "a finished job should be answered with `done` true"
    assert jobs_of(api, caller | place) == added, "GET /jobs should show which job is done"


def test_jobs_out_of_bounds(api: httpx.Client, rng: random.Random) -> None:
    """Hours and bicycles out of bounds are a 422"""
    headers = token_of(api, rng) | new_workshop(api, rng)
    answer = api.post("/jobs", headers=headers, json={"bike": "Tandem", "hours": 2})
    check_status(answer, 201, "POST /jobs")
    for hours in (0, 41):
        answer = api.get("/quote", params={"hours": hours}, headers=headers)
        check_status(answer, 422, f"GET /quote with {hours} hours")
    for what, bike, hours in (
        ("0 hours", "Tandem", 0),
        ("41 hours", "Tandem", 41),
        ("an empty bike", "", 2),
        ("a bike of 61 characters", "b" * 61, 2),
    ):
        answer = api.post("/jobs", headers=headers, json={"bike": bike, "hours": hours})
        check_status(answer, 422, f"POST /jobs with {what}")
    assert len(jobs_of(api, headers)) == 1, "a job that was refused should not be listed"
