"""Whether the 500 of an unhandled error carries the headers like any other answer."""

import random
import re

import httpx

from support import CLOSE, MOST_MILLISECONDS, header, word

NO_HEADERS: dict[str, str] = {}


def crash(
    api: httpx.Client, path: str, asked: str, headers: dict[str, str] = NO_HEADERS
) -> httpx.Response:
    answer = api.get(path, headers=CLOSE | headers)
    status = answer.status_code
    assert status == 500, f"{asked} should answer 500, it answered {status}"
    return answer


def check_time(answer: httpx.Response, asked: str) -> None:
    time = header(answer, "X-Process-Time", asked)
    is_number = re.fullmatch(r"[0-9]+(\.[0-9]+)?", time, re.ASCII) is not None
    assert is_number and float(time) < MOST_MILLISECONDS, (
        f"X-Process-Time in the answer to {asked} should be the milliseconds, such as 12 or 12.7"
    )


def test_a_crash_in_an_async_route(api: httpx.Client, rng: random.Random) -> None:
    """An unhandled error in async def answers 500 with both headers"""
    asked = "GET of an unknown barge"
    answer = crash(api, f"/barges/{word(rng)}", asked)
    header(answer, "X-Request-ID", asked)
    check_time(answer, asked)


def test_a_crash_in_a_plain_route(api: httpx.Client) -> None:
    """An unhandled error in plain def answers 500 with both headers"""
    answer = crash(api, "/tolls/0", "GET /tolls/0")
    header(answer, "X-Request-ID", "GET /tolls/0")
    check_time(answer, "GET /tolls/0")


def test_the_id_that_was_sent(api: httpx.Client, rng: random.Random) -> None:
    """A 500 has the id that the client sent, if it fits"""
    asked, sent = "GET of an unknown barge", word(rng)
    answer = crash(api, f"/barges/{word(rng)}", asked, {"X-Request-ID": sent})
    same = header(answer, "X-Request-ID", asked) == sent
    assert same, "a call that crashes should have the id in its answer that the client sent"


def test_every_crash_has_its_own_id(api: httpx.Client, rng: random.Random) -> None:
    """Every 500 has an id of its own, also between other calls"""
    found = []
    for _ in range(3):
        answer = crash(api, f"/barges/{word(rng)}", "GET of an unknown barge")
        found.append(header(answer, "X-Request-ID", "GET of an unknown barge"))
        status = api.get("/barges/Marie").status_code
        assert status == 200, f"the next barge should answer 200 again, it answered {status}"
    assert len(set(found)) == 3, "three unhandled errors should have three ids"
