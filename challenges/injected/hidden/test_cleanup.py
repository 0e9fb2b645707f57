"""Whether work is committed before the answer leaves, and the connection goes back last."""

import random

import httpx

from support import STEPS, check_status, new_workshop, number_of, steps, token_of, word


def check_order(api: httpx.Client, asked: str) -> None:
    """The whole life of a unit of work that went well."""
    found = steps(api, (*STEPS, "answer"))
    life = [step for step in found if step != "answer"]
    expected = ["connect", "begin", "commit", "release"]
    assert life == expected, f"{asked} should {', '.join(expected)}; it did {', '.join(life)}"
    saved = "answer" in found and found.index("commit") < found.index("answer")
    assert saved, f"{asked} should commit before its answer leaves, it answered first"


def test_an_added_job(api: httpx.Client, rng: random.Random) -> None:
    """POST /jobs commits, answers, and has released its connection in the end"""
    headers = token_of(api, rng) | new_workshop(api, rng)
    steps(api, ())
    answer = api.post("/jobs", headers=headers, json={"bike": word(rng), "hours": 3})
    check_status(answer, 201, "POST /jobs")
    check_order(api, "POST /jobs")


def test_a_finished_job(api: httpx.Client, rng: random.Random) -> None:
    """POST /jobs/{number}/finish commits, answers, and releases"""
    headers = token_of(api, rng) | new_workshop(api, rng)
    answer = api.post("/jobs", headers=headers, json={"bike": word(rng), "hours": 3})
    number = number_of(answer, "POST /jobs")
    steps(api, ())
    asked = "POST /jobs/{number}/finish"
    check_status(api.post(f"/jobs/{number}/finish", headers=headers), 200, asked)
    check_order(api, asked)


def test_a_list(api: httpx.Client, rng: random.Random) -> None:
    """GET /jobs releases its connection"""
    headers = token_of(api, rng) | new_workshop(api, rng)
    steps(api, ())
    for _ in range(2):
        check_status(api.get("/jobs", headers=headers), 200, "GET /jobs")
        found = steps(api, STEPS)
        assert found == ["connect", "release"], "GET /jobs should connect once, and release"


def test_what_was_promised(api: httpx.Client, rng: random.Random) -> None:
    """A job that was answered with 201 is there, time after time"""
    headers = token_of(api, rng) | new_workshop(api, rng)
    for count in (1, 2, 3):
        answer = api.post("/jobs", headers=headers, json={"bike": word(rng), "hours": 1})
        check_status(answer, 201, "POST /jobs")
        jobs = api.get("/jobs", headers=headers).json()
        saved = isinstance(jobs, list) and len(jobs) == count
        assert saved, "a job that was answered with 201 should be in the list at once"
