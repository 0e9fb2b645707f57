"""Whether each route works with what is injected into it, and asks for nothing else."""

import json
import random

import httpx

from support import check_status, check_stranger, name_of, new_workshop, token_of, word

NO_HOURS = (0, 41, -1, 10**12, 2.5, "two", None, [2])
NO_BIKES = ("", "b" * 61, None, 7, ["Tandem"])


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


def test_health_needs_nothing(api: httpx.Client, rng: random.Random) -> None:
    """GET /health answers without any header, whatever headers come, and uses nothing"""
    asked_for(api)
    strange = {"Authorization": f"Bearer {word(rng)}", "X-Workshop": word(rng)}
    for headers, which in (({}, "no header"), (strange, "an unknown token and workshop")):
        answer = api.get("/health", headers=headers)
        check_status(answer, 200, f"GET /health with {which}")
        assert answer.json() == {"status": "ok"}, "GET /health should answer with its status"
    assert not asked_for(api), "GET /health should read no users and settings, and not connect"


def test_who_calls(api: httpx.Client, rng: random.Random) -> None:
    """GET /me tells who calls, and uses nothing else"""
    for role, place in (("mechanic", {}), ("chief", new_workshop(api, rng))):
        caller = token_of(api, rng, role)
        asked_for(api)
        answer = api.get("/me", headers=caller | place)
        check_status(answer, 200, "GET /me with a workshop" if place else "GET /me without one")
        expected = {"name": name_of(caller), "role": role}
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
    bare = {"Authorization": known.removeprefix("Bearer ")}
    job = {"bike": word(rng), "hours": 2}
    for headers, which in (
        ({}, "no token"),
        (strange, "an unknown token"),
        (basic, "another scheme"),
        (bare, "a token without a scheme"),
    ):
        check_stranger(api.get("/me", headers=headers), f"GET /me with {which}")
    for method, path, body in (
        ("GET", "/quote?hours=2", None),
        ("GET", "/jobs", None),
        ("POST", "/jobs", job),
        ("POST", "/jobs/1/finish", None),
    ):
        for headers in ({}, strange):
            answer = api.request(method, path, headers=place | headers, json=body)
            check_stranger(answer, f"{method} {path} without a known token")


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
    job = {"bike": word(rng), "hours": 2}
    for headers in (caller, caller | {"X-Workshop": word(rng)}):
        for method, path, body in (
            ("GET", "/jobs", None),
            ("GET", "/quote?hours=2", None),
            ("POST", "/jobs", job),
            ("POST", "/jobs/1/finish", None),
        ):
            answer = api.request(method, path, headers=headers, json=body)
            check_status(answer, 400, f"{method} {path} without a known workshop")


def test_jobs(api: httpx.Client, rng: random.Random) -> None:
    """Jobs are added, listed and finished in their workshop"""
    caller = token_of(api, rng)
    cents = rng.randint(1000, 9999)
    place, other = new_workshop(api, rng, cents), new_workshop(api, rng)
    name = name_of(caller)
    long = f" {''.join(rng.choices('äß日🚲 ', k=58))} "
    added: list[dict[str, object]] = []
    for bike, hours in ((word(rng)[:1], 40), (long, 1)):
        body = {"bike": bike, "hours": hours}
        answer = api.post("/jobs", headers=caller | place, json=body)
        check_status(answer, 201, "POST /jobs")
        job: dict[str, object] = {"bike": bike, "cents": hours * cents, "by": name, "done": False}
        added.append(job | {"number": check_job(answer.json(), job, "POST /jobs")})
    assert jobs_of(api, caller | place) == added, "GET /jobs should list the jobs that were added"
    assert jobs_of(api, caller | other) == [], "another workshop should have no jobs"
    path = f"/jobs/{added[0]['number']}/finish"
    added[0]["done"] = True
    for finisher in (caller, token_of(api, rng, "chief")):
        answer = api.post(path, headers=finisher | place)
        check_status(answer, 200, "POST /jobs/{number}/finish")
        assert answer.json() == added[0], "finishing should answer with the job that `finish` gave"
    assert jobs_of(api, caller | place) == added, "GET /jobs should show which job is done"


def test_jobs_out_of_bounds(api: httpx.Client, rng: random.Random) -> None:
    """Hours and bicycles out of bounds are a 422"""
    headers = token_of(api, rng) | new_workshop(api, rng)
    answer = api.post("/jobs", headers=headers, json={"bike": "Tandem", "hours": 2})
    check_status(answer, 201, "POST /jobs")
    check_status(api.get("/quote", headers=headers), 422, "GET /quote without hours")
    for asked in ("0", "41", str(-rng.randint(1, 40)), "2.5", "", word(rng)):
        answer = api.get("/quote", params={"hours": asked}, headers=headers)
        check_status(answer, 422, f"GET /quote?hours={asked}")
    for what, body in (
        ("no body", None),
        ("no hours", {"bike": "Tandem"}),
        ("no bike", {"hours": 2}),
        *((f"hours {json.dumps(no)}", {"bike": "Tandem", "hours": no}) for no in NO_HOURS),
        *((f"bike {json.dumps(no)}", {"bike": no, "hours": 2}) for no in NO_BIKES),
    ):
        answer = api.post("/jobs", headers=headers, json=body)
        check_status(answer, 422, f"POST /jobs with {what}")
    assert len(jobs_of(api, headers)) == 1, "a job that was refused should not be listed"
