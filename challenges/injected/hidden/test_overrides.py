"""Whether each of the four dependencies can be replaced, wherever it is used."""

import random

import httpx

from support import check_status, name_of, new_workshop, number_of, token_of, told, word


def override(api: httpx.Client, name: str, values: object) -> None:
    """Replaces a dependency of main.py, as a test of the service would."""
    status = api.put(f"/driver/overrides/{name}", json=values).status_code
    assert status == 200, f"main.py should have `{name}`, and an `app` with dependency_overrides"


def no_overrides(api: httpx.Client) -> None:
    told(api.delete("/driver/overrides"), "the end of an override")


def used(api: httpx.Client) -> set[str]:
    return {str(what) for what, _ in api.get("/driver/log").json()} - {"answer"}


def test_another_user(api: httpx.Client, rng: random.Random) -> None:
    """A replaced current_user is the caller everywhere, without any token"""
    place, name = new_workshop(api, rng), word(rng)
    user = {"name": name, "role": "mechanic"}
    override(api, "current_user", user)
    used(api)
    assert api.get("/me").json() == user, "GET /me should show the user of the override"
    answer = api.post("/jobs", headers=place, json={"bike": word(rng), "hours": 2})
    check_status(answer, 201, "POST /jobs with a replaced user")
    job = answer.json()
    by = job.get("by") if isinstance(job, dict) else None
    assert by == name, "a job should be by the user of the override"
    finish = f"/jobs/{number_of(answer, 'POST /jobs')}/finish"
    for method, path in (("GET", "/jobs"), ("GET", "/quote?hours=2"), ("POST", finish)):
        answer = api.request(method, path, headers=place)
        check_status(answer, 200, f"{method} {path} with a replaced user")
    assert "find_user" not in used(api), "a replaced current_user should look nobody up"
    no_overrides(api)
    check_status(api.get("/me"), 401, "GET /me without a token, after the override")


def test_another_user_in_the_office(api: httpx.Client, rng: random.Random) -> None:
    """The guard of the office asks the replaced current_user"""
    chief = token_of(api, rng, "chief")
    override(api, "current_user", {"name": word(rng), "role": "mechanic"})
    answer = api.get("/office/wages", headers=chief)
    check_status(answer, 403, "the office, when current_user is replaced by a mechanic")
    override(api, "current_user", {"name": word(rng), "role": "chief"})
    answer = api.get("/office/wages")
    check_status(answer, 200, "the office, when current_user is replaced by a chief")
    no_overrides(api)
    check_status(api.get("/office/wages", headers=chief), 200, "the office for a chief")


def test_other_settings(api: httpx.Client, rng: random.Random) -> None:
    """Replaced settings are used for prices and connections, without any X-Workshop"""
    caller, name, cents = token_of(api, rng), word(rng), rng.randint(1000, 9999)
    override(api, "workshop_settings", {"workshop": name, "hourly_cents": cents})
    used(api)
    answer = api.get("/quote", params={"hours": 2}, headers=caller)
    check_status(answer, 200, "GET /quote with replaced settings")
    expected = {"workshop": name, "cents": 2 * cents}
    assert answer.json() == expected, "GET /quote should use the settings of the override"
    answer = api.post("/jobs", headers=caller, json={"bike": word(rng), "hours": 3})
    check_status(answer, 201, "POST /jobs with replaced settings")
    job = answer.json()
    price = job.get("cents") if isinstance(job, dict) else None
    assert price == 3 * cents, "POST /jobs should use the settings of the override"
    number = number_of(answer, "POST /jobs")
    answer = api.post(f"/jobs/{number}/finish", headers=caller)
    check_status(answer, 200, "finishing a job with replaced settings")
    answer = api.get("/jobs", headers=caller)
    check_status(answer, 200, "GET /jobs with replaced settings")
    found = answer.json()
    is_there = isinstance(found, list) and len(found) == 1
    assert is_there, "GET /jobs should read in the workshop of the override"
    check_status(api.get("/quote?hours=2"), 401, "GET /quote without a token all the same")
    log = api.get("/driver/log").json()
    assert ["connect", name] in log, "the connection should be made with the replaced settings"
    read = [what for what, _ in log if what == "load_settings"]
    assert not read, "with replaced settings none should be loaded"
    no_overrides(api)


def test_another_connection(api: httpx.Client, rng: random.Random) -> None:
    """A replaced connection is where jobs are read and written, and nothing connects"""
    caller, place = token_of(api, rng), new_workshop(api, rng)
    headers = caller | place
    jobs: list[dict[str, object]] = [
        {"number": -number, "bike": word(rng), "cents": 1, "by": "me", "done": done}
        for number, done in zip(rng.sample(range(1, 99), 2), (True, False), strict=True)
    ]
    override(api, "connection", {"jobs": jobs})
    used(api)
    answer = api.get("/jobs", headers=caller)
    check_status(answer, 200, "GET /jobs with a replaced connection, without X-Workshop")
    assert answer.json() == jobs, "GET /jobs should read from the replaced connection"
    check_status(api.get("/jobs"), 401, "GET /jobs without a token all the same")
    answer = api.post("/jobs", headers=headers, json={"bike": word(rng), "hours": 2})
    number = number_of(answer, "POST /jobs with a replaced connection")
    jobs.append(answer.json() | {"by": name_of(caller), "done": True})
    answer = api.post(f"/jobs/{number}/finish", headers=caller)
    check_status(answer, 200, "finishing with a replaced connection, without X-Workshop")
    found = api.get("/jobs", headers=caller).json()
    assert found == jobs, "work should be saved with the replaced connection"
    log = used(api)
    assert "connect" not in log, "with a replaced connection nothing should connect"
    assert "begin" in log, "with a replaced connection the unit of work is still the original"
    no_overrides(api)
    assert api.get("/jobs", headers=headers).json() == [], "after the override all is as before"


def test_another_unit_of_work(api: httpx.Client, rng: random.Random) -> None:
    """A replaced unit_of_work does the work, and nothing connects or begins"""
    caller = token_of(api, rng)
    headers = caller | new_workshop(api, rng)
    number, bike = rng.randint(10**6, 10**9), word(rng)
    override(api, "unit_of_work", {"number": number})
    used(api)
    answer = api.post("/jobs", headers=headers, json={"bike": bike, "hours": 2})
    check_status(answer, 201, "POST /jobs with a replaced unit of work")
    job = answer.json()
    found = (job.get("number"), job.get("bike")) if isinstance(job, dict) else None
    assert found == (number, bike), "POST /jobs should answer with the job of the replacement"
    answer = api.post("/jobs/7/finish", headers=caller)
    check_status(answer, 200, "finishing with a replaced unit of work, without X-Workshop")
    job = answer.json()
    found = (job.get("number"), job.get("cents")) if isinstance(job, dict) else None
    assert found == (7, number), "finishing should answer with the job of the replacement"
    opened = used(api) & {"connect", "begin", "commit", "rollback"}
    assert not opened, "with a replaced unit of work nothing should connect or begin"
    no_overrides(api)
