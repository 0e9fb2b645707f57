"""Whether answers and handled errors carry the id and the time, and are otherwise as they were."""

import random
import re
from typing import Any

import httpx

from support import MOST_MILLISECONDS, header, word


def check_headers(answer: httpx.Response, status: int, asked: str) -> float:
    """Checks both headers; returns the milliseconds."""
    found = answer.status_code
    assert found == status, f"{asked} should still answer {status}, it answered {found}"
    header(answer, "X-Request-ID", asked)
    time = header(answer, "X-Process-Time", asked)
    assert re.fullmatch(r"[0-9]+(\.[0-9]+)?", time, re.ASCII), (
        f"X-Process-Time in the answer to {asked} should be a plain number, such as 12 or 12.7"
    )
    milliseconds = float(time)
    assert milliseconds < MOST_MILLISECONDS, (
        f"X-Process-Time in the answer to {asked} says more than ten seconds; it was much less"
    )
    return milliseconds


def body_of(answer: httpx.Response, asked: str) -> dict[str, Any]:
    body = answer.json()
    assert isinstance(body, dict), f"{asked} should still answer with a JSON object"
    return body


def test_an_async_route(api: httpx.Client) -> None:
    """A route in async def answers with both headers"""
    answer = api.get("/basins/north", params={"unit": "mm"})
    check_headers(answer, 200, "GET /basins/north?unit=mm")
    level = body_of(answer, "GET /basins/north").get("level")
    assert level == 2140, "the level of a basin should be in the answer as before"


def test_a_plain_route(api: httpx.Client, rng: random.Random) -> None:
    """A route in plain def answers with both headers"""
    tons = rng.randint(10, 900)
    answer = api.get(f"/tolls/{tons}")
    check_headers(answer, 200, "GET /tolls/{tons}")
    cents = body_of(answer, "GET /tolls/{tons}").get("cents_per_ton")
    assert cents == (5000 + 12 * tons) // tons, "the toll should be in the answer as before"


def test_an_answer_without_a_body(api: httpx.Client, rng: random.Random) -> None:
    """An answer without a body has both headers"""
    answer = api.delete(f"/passes/{word(rng)}")
    check_headers(answer, 204, "DELETE /passes/{boat}")
    assert answer.content == b"", "a 204 should still have no body"


def test_the_rest_of_an_answer(api: httpx.Client, rng: random.Random) -> None:
    """Body and all other headers stay, two cookies too"""
    boat = word(rng)
    answer = api.get(f"/passes/{boat}")
    check_headers(answer, 200, "GET /passes/{boat}")
    assert body_of(answer, "GET /passes/{boat}") == {"boat": boat}, "the body should be as before"
    kind = answer.headers.get("content-type", "")
    assert kind.startswith("application/json"), "the content type should be as before"
    cookies = {value.partition(";")[0] for value in answer.headers.get_list("set-cookie")}
    both = cookies == {f"boat={boat}", "season=summer"}
    assert both, "GET /passes/{boat} should still set its two cookies"


def test_time_in_milliseconds(api: httpx.Client, rng: random.Random) -> None:
    """The time of a gauge that takes 60 ms is given in milliseconds"""
    answer = api.get(f"/gauges/{word(rng)}")
    milliseconds = check_headers(answer, 200, "GET /gauges/{place}")
    enough = milliseconds >= 50
    assert enough, "a gauge takes 60 ms, X-Process-Time says that it was less than 50"


def test_an_error_of_a_route(api: httpx.Client, rng: random.Random) -> None:
    """A 404 that a route raises keeps its own header and body, and has both headers"""
    answer = api.get(f"/basins/{word(rng)}")
    check_headers(answer, 404, "GET of an unknown basin")
    detail = body_of(answer, "GET of an unknown basin").get("detail")
    assert detail == "No such basin", "the body of this 404 should be as before"
    assert answer.headers.get("x-known-basins") == "3", "X-Known-Basins should still be there"


def test_errors_of_the_framework(api: httpx.Client, rng: random.Random) -> None:
    """Unknown paths, wrong methods and invalid requests have both headers"""
    check_headers(api.get(f"/{word(rng)}"), 404, "GET of an unknown path")
    answer = api.put("/basins/north")
    check_headers(answer, 405, "PUT /basins/north")
    assert "GET" in answer.headers.get("allow", ""), "the 405 should still have its Allow header"
    answer = api.get(f"/tolls/{word(rng)}")
    check_headers(answer, 422, "GET /tolls/{tons} with a word")
    errors = body_of(answer, "GET /tolls/{tons} with a word").get("detail")
    assert isinstance(errors, list) and errors, "the body of the 422 should be as before"
