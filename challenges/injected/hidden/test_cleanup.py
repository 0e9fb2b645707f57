"""Whether work is committed before the answer leaves, and the connection goes back last."""

import random
import string

import httpx

STEPS = ("connect", "begin", "failed", "commit", "rollback", "release")


def word(rng: random.Random) -> str:
    return "".join(rng.choices(string.ascii_lowercase, k=12))


def told(answer: httpx.Response, what: str) -> None:
    assert answer.status_code == 200, f"{what}: the service does not answer its checks any more"


def token_of(api: httpx.Client, rng: random.Random, role: str = "mechanic") -> dict[str, str]:
    """The headers of somebody who is new, with that name in the token."""
    token = word(rng)
    user = {"name": token.title(), "role": role}
    told(api.put(f"/driver/users/{token}", json=user), "a new user")
    return {"Authorization": f"Bearer {token}"}


def new_workshop(api: httpx.Client, rng: random.Random, cents: int = 0) -> dict[str, str]:
    """The header of a new workshop."""
    name = word(rng)
    price = {"hourly_cents": cents or rng.randint(1000, 9999)}
    told(api.put(f"/driver/settings/{name}", params=price), "a new workshop")
    return {"X-Workshop": name}


def check_status(answer: httpx.Response, status: int, asked: str) -> None:
    found = answer.status_code
    assert found == status, f"{asked} should answer {status}, it answered {found}"


def steps(api: httpx.Client, wanted: tuple[str, ...]) -> list[str]:
    """Which of these have happened since the last look, in order."""
    return [str(what) for what, _ in api.get("/driver/log").json() if what in wanted]


def number_of(answer: httpx.Response, asked: str) -> int:
    check_status(answer, 201, asked)
    job = answer.json()
    number = job.get("number") if isinstance(job, dict) else None
    assert isinstance(number, int), f"{asked} should answer with the job and its number"
    return number


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
