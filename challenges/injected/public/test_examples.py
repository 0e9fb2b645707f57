"""The examples of the statement: Run checks these, and you see all of them."""

from typing import Any

import httpx

BOB = {"Authorization": "Bearer token-of-bob"}
ADA = {"Authorization": "Bearer token-of-ada"}
NORTH = {"X-Workshop": "north"}


def check_answer(answer: httpx.Response, status: int) -> Any:
    found = answer.status_code
    assert found == status, f"expected status {status}, got {found}: {answer.text[:200]}"
    return answer.json()


def test_who_calls(api: httpx.Client) -> None:
    """GET /me tells who calls"""
    found = check_answer(api.get("/me", headers=BOB), 200)
    assert found == {"name": "Bob", "role": "mechanic"}, f"expected Bob, got {found}"
    check_answer(api.get("/me"), 401)


def test_a_price(api: httpx.Client) -> None:
    """GET /quote uses the settings of the workshop"""
    found = check_answer(api.get("/quote?hours=3", headers=BOB | NORTH), 200)
    expected = {"workshop": "north", "cents": 13500}
    assert found == expected, f"expected {expected}, got {found}"
    check_answer(api.get("/quote?hours=3", headers=BOB), 400)


def test_a_job(api: httpx.Client) -> None:
    """A job is added, with one connection that is released in the end"""
    api.get("/driver/log")
    body = {"bike": "Red tandem", "hours": 2}
    job = check_answer(api.post("/jobs", headers=BOB | NORTH, json=body), 201)
    assert isinstance(job, dict), f"expected a job, got {job}"
    job.pop("number", None)
    expected = {"bike": "Red tandem", "cents": 9000, "by": "Bob", "done": False}
    assert job == expected, f"expected {expected} and a number, got {job}"
    happened = [what for what, _ in api.get("/driver/log").json()]
    for what in ("find_user", "load_settings", "connect", "begin", "commit", "release"):
        times = happened.count(what)
        assert times == 1, f"expected `{what}` once, it came {times} times: {happened}"


def test_the_office(api: httpx.Client) -> None:
    """The office is open to Ada, who is a chief, and closed to Bob"""
    check_answer(api.get("/office/turnover", headers=ADA), 200)
    check_answer(api.get("/office/turnover", headers=BOB), 403)


def test_an_override(api: httpx.Client) -> None:
    """A test can put somebody else in the place of current_user"""
    user = {"name": "Grace", "role": "chief"}
    answer = api.put("/driver/overrides/current_user", json=user)
    assert answer.status_code == 200, "main.py should have `current_user` and `app`"
    found = check_answer(api.get("/me"), 200)
    assert found == user, f"expected Grace, got {found}"
    api.delete("/driver/overrides")
