"""Whether request_id() tells each call its own id, also while others are going on."""

import json
import random
from typing import Any

import httpx

from support import begun, word


def check_own(told: object, headers: list[list[str]], what: str) -> str:
    """What request_id() has told is the id in the headers; returns it."""
    ids = [value for name, value in headers if name.lower() == "x-request-id"]
    assert len(ids) == 1, f"{what} should answer with X-Request-ID once"
    own = told == ids[0]
    assert own, f"request_id() in {what} should tell the id that is in its answer"
    return ids[0]


def call_in(text: str) -> object:
    """The field `call` of a JSON object, or nothing."""
    try:
        body = json.loads(text)
    except ValueError:
        return None
    return body.get("call") if isinstance(body, dict) else None


def check_answer(answer: httpx.Response, what: str) -> str:
    assert answer.status_code == 200, f"{what} should answer 200, it answered {answer.status_code}"
    headers = [list(pair) for pair in answer.headers.multi_items()]
    return check_own(call_in(answer.text), headers, what)


def when_over(api: httpx.Client, call: str, message: str) -> tuple[str, list[list[str]]]:
    """The text and the headers of a call that has ended."""
    seen: dict[str, Any] = api.get(call, params={"over": True}).json()
    assert seen["over"], message
    assert len(seen["starts"]) == 1, f"it should have been answered; {message}"
    return seen["text"], seen["starts"][0]["headers"]


def check_stream(api: httpx.Client, call: str, count: int) -> None:
    """Every line of a radio ends with the id of the call that listens."""
    text, headers = when_over(api, call, "a stream should end when the radio says `over`")
    lines = text.splitlines()
    assert len(lines) == count, f"{count} words should have been sent, there are {len(lines)}"
    for line in lines:
        check_own(line.partition(" ")[2], headers, "the generator of a stream")


def test_in_every_kind_of_route(api: httpx.Client, rng: random.Random) -> None:
    """request_id() tells the id in async def and in plain def"""
    found = {check_answer(api.get("/barges/Marie"), "a route in async def")}
    found.add(check_answer(api.get(f"/tolls/{rng.randint(10, 900)}"), "a route in plain def"))
    found.add(check_answer(api.get("/basins/south"), "a route in async def"))
    assert len(found) == 3, "three calls should have three ids"


def test_two_boats_in_a_lock(api: httpx.Client, rng: random.Random) -> None:
    """Two calls that wait for each other keep their ids"""
    path = f"/locks/{word(rng)}"
    found = set()
    for call in (begun(api, path), begun(api, path)):
        message = "two boats should open the lock: two calls have to be served at once"
        text, headers = when_over(api, call, message)
        found.add(check_own(call_in(text), headers, "a call in a lock"))
    assert len(found) == 2, "two boats should have two ids"


def test_streams_side_by_side(api: httpx.Client, rng: random.Random) -> None:
    """Streams keep their ids while other calls come and go, whichever began first"""
    channels = [word(rng), word(rng)]
    calls = [begun(api, f"/radio/{channel}") for channel in channels]
    for place in (1, 0, 1, 0):
        check_answer(api.get("/basins/harbour"), "a route in async def")
        api.post(f"/radio/{channels[place]}", params={"word": word(rng)})
    for channel, call in zip(channels, calls, strict=True):
        api.post(f"/radio/{channel}", params={"word": "over"})
        check_stream(api, call, 3)
