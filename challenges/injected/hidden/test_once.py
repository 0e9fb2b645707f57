"""Whether a request reads and opens everything once, and keeps nothing for the next one."""

import random

import httpx

from support import check_status, new_workshop, token_of, told, word


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
    headers = token_of(api, rng, "chief")
    happened(api)
    check_status(api.get("/office/turnover", headers=headers), 200, "GET /office/turnover")
    check_counts(api, {"find_user": 1, "office": 1}, "GET /office/turnover")


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
