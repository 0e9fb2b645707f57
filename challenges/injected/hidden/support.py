"""What the hidden tests share."""

import random
import re
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


def name_of(headers: dict[str, str]) -> str:
    """The name of somebody who is new."""
    return headers["Authorization"].removeprefix("Bearer ").title()


def new_workshop(api: httpx.Client, rng: random.Random, cents: int = 0) -> dict[str, str]:
    """The header of a new workshop."""
    name = word(rng)
    price = {"hourly_cents": cents or rng.randint(1000, 9999)}
    told(api.put(f"/driver/settings/{name}", params=price), "a new workshop")
    return {"X-Workshop": name}


def check_status(answer: httpx.Response, status: int, asked: str) -> None:
    found = answer.status_code
    assert found == status, f"{asked} should answer {status}, it answered {found}"


def check_stranger(answer: httpx.Response, asked: str) -> None:
    check_status(answer, 401, asked)
    challenge = answer.headers.get("www-authenticate", "")
    named = re.search(r"\bbearer\b", challenge, re.IGNORECASE)
    assert named, "a 401 should have WWW-Authenticate: Bearer"


def steps(api: httpx.Client, wanted: tuple[str, ...]) -> list[str]:
    """Which of these have happened since the last look, in order."""
    return [str(what) for what, _ in api.get("/driver/log").json() if what in wanted]


def number_of(answer: httpx.Response, asked: str) -> int:
    check_status(answer, 201, asked)
    job = answer.json()
    number = job.get("number") if isinstance(job, dict) else None
    assert isinstance(number, int), f"{asked} should answer with the job and its number"
    return number
