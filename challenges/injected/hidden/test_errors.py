"""Whether a request that fails rolls its work back, and gives its connection back."""

import random

import httpx

from support import STEPS, check_status, new_workshop, number_of, steps, token_of, told, word


def check_rolled_back(api: httpx.Client, why: str, *failed: str) -> None:
    """The whole life of a unit of work that came to nothing."""
    found = steps(api, STEPS)
    expected = ["connect", "begin", *failed, "rollback", "release"]
    did = f"it did {', '.join(found)}"
    assert found == expected, f"{why} should end with one rollback and one release: {did}"


def check_jobs(api: httpx.Client, headers: dict[str, str], count: int, why: str) -> None:
    answer = api.get("/jobs", headers=headers)
    check_status(answer, 200, f"GET /jobs after {why}")
    jobs = answer.json()
    assert isinstance(jobs, list) and len(jobs) == count, (
        f"{why} should leave the jobs as they were"
    )


def break_next(api: httpx.Client, step: str) -> None:
    steps(api, ())
    told(api.put(f"/driver/breaks/{step}"), "a fault")


def test_a_job_that_is_not_there(api: httpx.Client, rng: random.Random) -> None:
    """Finishing an unknown job is a 404, and is rolled back"""
    headers = token_of(api, rng) | new_workshop(api, rng)
    answer = api.post("/jobs", headers=headers, json={"bike": word(rng), "hours": 2})
    number = number_of(answer, "POST /jobs")
    steps(api, ())
    answer = api.post(f"/jobs/{number + rng.randint(1000, 9000)}/finish", headers=headers)
    check_status(answer, 404, "finishing an unknown job")
    check_rolled_back(api, "a 404")
    check_jobs(api, headers, 1, "a 404")
    elsewhere = {**headers, **new_workshop(api, rng)}
    answer = api.post(f"/jobs/{number}/finish", headers=elsewhere)
    check_status(answer, 404, "finishing a job of another workshop")


def test_an_unexpected_error(api: httpx.Client, rng: random.Random) -> None:
    """An error that nobody expected is a 500, and is rolled back"""
    headers = token_of(api, rng) | new_workshop(api, rng)
    body = {"bike": word(rng), "hours": 2}
    for fault, what in (("add", "a failing `add`"), ("save", "a `commit` that fails otherwise")):
        break_next(api, fault)
        answer = api.post("/jobs", headers=headers | {"Connection": "close"}, json=body)
        check_status(answer, 500, f"POST /jobs with {what}")
        check_rolled_back(api, what, "failed")
        check_jobs(api, headers, 0, what)
    check_status(api.post("/jobs", headers=headers, json=body), 201, "the next POST /jobs")
    check_jobs(api, headers, 1, "the next POST /jobs")


def test_an_archive_that_cannot_be_read(api: httpx.Client, rng: random.Random) -> None:
    """Whatever fails, the connection goes back"""
    headers = token_of(api, rng) | new_workshop(api, rng)
    break_next(api, "jobs")
    answer = api.get("/jobs", headers=headers | {"Connection": "close"})
    check_status(answer, 500, "GET /jobs when `jobs` fails")
    found = steps(api, STEPS)
    released = found == ["connect", "failed", "release"]
    assert released, "GET /jobs should release its connection after an error"
    break_next(api, "jobs")
    answer = api.post("/jobs/1/finish", headers=headers | {"Connection": "close"})
    check_status(answer, 500, "POST /jobs/{number}/finish when `finish` fails")
    check_rolled_back(api, "a failing `finish`", "failed")


def test_a_conflict(api: httpx.Client, rng: random.Random) -> None:
    """A commit that raises Conflict makes the answer a 409, and is rolled back"""
    headers = token_of(api, rng) | new_workshop(api, rng)
    body = {"bike": word(rng), "hours": 2}
    break_next(api, "commit")
    check_status(api.post("/jobs", headers=headers, json=body), 409, "POST /jobs with a Conflict")
    check_rolled_back(api, "a Conflict", "failed")
    check_jobs(api, headers, 0, "a Conflict")
    number = number_of(api.post("/jobs", headers=headers, json=body), "the next POST /jobs")
    break_next(api, "commit")
    answer = api.post(f"/jobs/{number}/finish", headers=headers)
    check_status(answer, 409, "POST /jobs/{number}/finish with a Conflict")
    check_rolled_back(api, "a Conflict", "failed")


def test_refused_requests(api: httpx.Client, rng: random.Random) -> None:
    """A request that is refused with 401 or 422 leaves nothing open, and saves nothing"""
    headers = token_of(api, rng) | new_workshop(api, rng)
    strange = headers | {"Authorization": f"Bearer {word(rng)}"}
    check_jobs(api, headers, 0, "nothing")
    steps(api, ())
    for method, path, sent, body, status in (
        ("POST", "/jobs", headers, {"bike": word(rng), "hours": 41}, 422),
        ("POST", "/jobs", headers, {"hours": 2}, 422),
        ("POST", "/jobs", strange, {"bike": word(rng), "hours": 2}, 401),
        ("POST", "/jobs/1/finish", strange, None, 401),
        ("GET", "/jobs", strange, None, 401),
    ):
        answer = api.request(method, path, headers=sent, json=body)
        check_status(answer, status, f"a {method} {path} that has to be refused")
        found = steps(api, STEPS)
        same = found.count("connect") == found.count("release")
        assert same, f"after a {status} every connection should have been released"
        ended = found.count("begin") == found.count("rollback")
        assert ended, f"after a {status} a unit of work that was begun should be rolled back"
    check_jobs(api, headers, 0, "a refused POST /jobs")
