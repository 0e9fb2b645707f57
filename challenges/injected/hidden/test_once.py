"""Whether a request reads and opens everything once, and keeps nothing for the next one."""

import random

import httpx
import pytest

from graders.at_once import AtOnce

from support import STEPS, check_status, name_of, new_workshop, token_of, told, word


def happened(api: httpx.Client) -> list[list[object]]:
    """What has happened since the last look, in order."""
    events: list[list[object]] = api.get("/driver/log").json()
    return events


def check_counts(api: httpx.Client, expected: dict[str, int], asked: str) -> None:
    """How often each thing was used since the last look."""
    names = [what for what, _ in happened(api)]
    for name, times in expected.items():
        found = names.count(name)
        assert found == times, f"{asked} should use `{name}` {times} times, not {found} times"


ALL_OF_IT = {"find_user": 1, "load_settings": 1, "connect": 1, "release": 1, "begin": 1}


def test_all_of_it_once(api: httpx.Client, rng: random.Random) -> None:
    """POST /jobs needs everything, and everything once"""
    headers = token_of(api, rng) | new_workshop(api, rng)
    for _ in range(2):
        happened(api)
        answer = api.post("/jobs", headers=headers, json={"bike": word(rng), "hours": 3})
        check_status(answer, 201, "POST /jobs")
        check_counts(api, ALL_OF_IT, "POST /jobs")
    number = answer.json().get("number") if isinstance(answer.json(), dict) else 0
    answer = api.post(f"/jobs/{number}/finish", headers=headers)
    check_status(answer, 200, "POST /jobs/{number}/finish")
    check_counts(api, ALL_OF_IT, "POST /jobs/{number}/finish")


def test_reading_once(api: httpx.Client, rng: random.Random) -> None:
    """What only reads needs less, once, and begins no unit of work"""
    headers = token_of(api, rng) | new_workshop(api, rng)
    happened(api)
    check_status(api.get("/jobs", headers=headers), 200, "GET /jobs")
    check_counts(api, ALL_OF_IT | {"begin": 0}, "GET /jobs")
    check_status(api.get("/quote", params={"hours": 2}, headers=headers), 200, "GET /quote")
    check_counts(api, {"find_user": 1, "load_settings": 1, "connect": 0}, "GET /quote")
    check_status(api.get("/me", headers=headers), 200, "GET /me")
    check_counts(api, {"find_user": 1}, "GET /me")


def test_the_office_once(api: httpx.Client, rng: random.Random) -> None:
    """The office looks up its caller once"""
    place = new_workshop(api, rng)
    only_the_user = ALL_OF_IT | {"load_settings": 0, "connect": 0, "release": 0, "begin": 0}
    for role in ("chief", "mechanic"):
        headers = token_of(api, rng, role) | place
        happened(api)
        api.get("/office/turnover", headers=headers)
        check_counts(api, only_the_user, f"a {role}'s GET /office/turnover")


def test_refusals_ask_once(api: httpx.Client, rng: random.Random) -> None:
    """A request that is refused has asked for nothing twice"""
    headers = token_of(api, rng) | new_workshop(api, rng)
    number = rng.randint(10**6, 10**9)
    for what, method, path, sent in (
        ("finishing an unknown job", "POST", f"/jobs/{number}/finish", headers),
        ("an unknown workshop", "GET", "/quote?hours=2", headers | {"X-Workshop": word(rng)}),
        ("an unknown token", "GET", "/jobs", headers | {"Authorization": f"Bearer {word(rng)}"}),
    ):
        happened(api)
        api.request(method, path, headers=sent)
        names = [name for name, _ in happened(api)]
        twice = [name for name in ALL_OF_IT if names.count(name) > 1]
        assert not twice, f"{what} should not use `{', '.join(twice)}` twice"


def test_another_price(api: httpx.Client, rng: random.Random) -> None:
    """A new price counts from the next request on"""
    caller, place = token_of(api, rng), new_workshop(api, rng)
    for _ in range(3):
        cents = rng.randint(1000, 9999)
        path = f"/driver/settings/{place['X-Workshop']}"
        told(api.put(path, params={"hourly_cents": cents}), "a new price")
        answer = api.get("/quote", params={"hours": 1}, headers=caller | place)
        check_status(answer, 200, "GET /quote")
        found = answer.json()
        right = isinstance(found, dict) and found.get("cents") == cents
        assert right, "GET /quote should use the price that is set at this moment"
        body = {"bike": word(rng), "hours": 1}
        job = api.post("/jobs", headers=caller | place, json=body).json()
        right = isinstance(job, dict) and job.get("cents") == cents
        assert right, "POST /jobs should use the price that is set at this moment"


def test_another_role(api: httpx.Client, rng: random.Random) -> None:
    """Another role, and another caller, count from the next request on"""
    caller, other = token_of(api, rng), token_of(api, rng)
    token = caller["Authorization"].removeprefix("Bearer ")
    for name, role in ((word(rng), "chief"), (word(rng), "mechanic")):
        user = {"name": name, "role": role}
        told(api.put(f"/driver/users/{token}", json=user), "another role")
        found = api.get("/me", headers=caller).json()
        assert found == user, "GET /me should show the user as they are at this moment"
        found = api.get("/me", headers=other).json()
        assert found != user, "another caller should not be shown as the one before"


def test_comers_and_goers(api: httpx.Client, rng: random.Random) -> None:
    """A user or a workshop that comes or goes, has come or gone for the next request"""
    token, name = word(rng), word(rng)
    new, place = {"Authorization": f"Bearer {token}"}, {"X-Workshop": name}
    caller = token_of(api, rng)
    for is_there in (False, True, False):
        if is_there:
            told(api.put(f"/driver/users/{token}", json={"name": name, "role": "chief"}), "a user")
            told(api.put(f"/driver/settings/{name}", params={"hourly_cents": 1}), "a workshop")
        else:
            told(api.delete(f"/driver/users/{token}"), "a user who leaves")
            told(api.delete(f"/driver/settings/{name}"), "a workshop that closes")
        answer = api.get("/me", headers=new)
        check_status(answer, 200 if is_there else 401, "GET /me as the token is known, or not")
        answer = api.get("/jobs", headers=caller | place)
        check_status(answer, 200 if is_there else 400, "GET /jobs as the workshop is known, or not")


def test_two_workshops(api: httpx.Client, rng: random.Random) -> None:
    """Each request connects to its own workshop"""
    caller = token_of(api, rng)
    places = [new_workshop(api, rng) for _ in range(2)]
    happened(api)
    for place in (places[0], places[1], places[0]):
        answer = api.get("/jobs", headers=caller | place)
        check_status(answer, 200, "GET /jobs")
        events = happened(api)
        for what in ("connect", "release"):
            where = [place_of for name, place_of in events if name == what]
            right = where == [place["X-Workshop"]]
            assert right, f"GET /jobs should {what} once, in the workshop of this request"


@pytest.mark.parametrize("step", ["connect", "add", "answer"])
def test_work_at_the_same_time(
    api: httpx.Client, at_once: AtOnce, rng: random.Random, step: str
) -> None:
    """Two jobs that are added at the same time have nothing in common"""
    both = [token_of(api, rng) | new_workshop(api, rng, cents) for cents in (1100, 2300)]
    happened(api)
    told(api.put(f"/driver/gates/{step}"), "a gate")
    body = {"bike": word(rng), "hours": 1}
    answers = at_once(api.build_request("POST", "/jobs", headers=h, json=body) for h in both)
    events = happened(api)
    for headers, answer, cents in zip(both, answers, (1100, 2300), strict=True):
        check_status(answer, 201, "POST /jobs beside another one")
        job = answer.json()
        found = (job.get("by"), job.get("cents")) if isinstance(job, dict) else None
        right = found == (name_of(headers), cents)
        assert right, "a job should have the user and the price of its own request"
        check_life(events, headers, ["connect", "begin", "commit", "release"])


@pytest.mark.parametrize("step", ["jobs", "answer"])
def test_lists_at_the_same_time(
    api: httpx.Client, at_once: AtOnce, rng: random.Random, step: str
) -> None:
    """Two lists that are read at the same time have nothing in common"""
    caller = token_of(api, rng)
    both = [caller | new_workshop(api, rng) for _ in range(2)]
    body = {"bike": word(rng), "hours": 1}
    check_status(api.post("/jobs", headers=both[0], json=body), 201, "POST /jobs")
    happened(api)
    told(api.put(f"/driver/gates/{step}"), "a gate")
    answers = at_once(api.build_request("GET", "/jobs", headers=headers) for headers in both)
    events = happened(api)
    for headers, answer, count in zip(both, answers, (1, 0), strict=True):
        check_status(answer, 200, "GET /jobs beside another one")
        found = answer.json()
        right = isinstance(found, list) and len(found) == count
        assert right, "GET /jobs should list the jobs of its own workshop"
        check_life(events, headers, ["connect", "release"])


def check_life(events: list[list[object]], headers: dict[str, str], expected: list[str]) -> None:
    """What one of two requests has opened and closed."""
    own = (name_of(headers), headers["X-Workshop"])
    found = [what for what, whose in events if what in STEPS and whose in own]
    assert found == expected, (
        "of two requests at the same time, each should connect, end its work and release once"
    )
