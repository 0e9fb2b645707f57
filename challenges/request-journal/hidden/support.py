"""What the hidden tests share."""

import random
import re
import string

import httpx

MOST_MILLISECONDS = 10_000  # no check lasts longer
FORM = re.compile(r"[A-Za-z0-9_-]{8,64}")
CLOSE = {"Connection": "close"}  # servers hang up after a crash: nothing else goes this way


def word(rng: random.Random) -> str:
    return "".join(rng.choices(string.ascii_lowercase, k=12))


def begun(api: httpx.Client, path: str) -> str:
    """Begins a call and returns where it can be looked at."""
    return f"/driver/calls/{api.post('/driver/calls', json={'path': path}).json()}"


def header(answer: httpx.Response, name: str, asked: str) -> str:
    values = answer.headers.get_list(name)
    assert len(values) == 1, f"{asked} should answer with {name} once, it came {len(values)} times"
    value: str = values[0].strip()
    assert value, f"{name} in the answer to {asked} should not be empty"
    return value


def speak(api: httpx.Client, channel: str, said: str) -> None:
    status = api.post(f"/radio/{channel}", params={"word": said}).status_code
    assert status == 204, f"POST /radio/{{channel}} should still answer 204, it answered {status}"
