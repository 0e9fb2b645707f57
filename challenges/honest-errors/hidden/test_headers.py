"""Whether the headers that belong to an error arrive with it."""

import random

import httpx

from support import (
    STAFF,
    check_absent,
    check_member,
    good_body,
    new_code,
    problem_in,
    taken_in,
    wrong_tokens,
)


def waits(rng: random.Random) -> list[str]:
    """What a scale may say about coming back: seconds, written either way, or a date."""
    seconds, minute = rng.randint(2, 900), rng.randint(10, 59)
    return [str(seconds), f"0{seconds}", f"Wed, 21 Oct 2026 07:{minute}:00 GMT"]


def check_busy(answer: httpx.Response, wait: str, asked: str) -> None:
    problem = problem_in(answer, 503, asked)
    check_member(problem, "type", "about:blank", asked)
    check_member(problem, "title", "Service Unavailable", asked)
    check_member(problem, "detail", "The scale is busy.", asked)
    same = answer.headers.get("retry-after") == wait
    assert same, f"the 503 to {asked} should have the Retry-After that `read_scale` gave"


def test_a_busy_scale(api: httpx.Client, rng: random.Random) -> None:
    """A busy scale answers 503 and says when to come back"""
    grams = rng.randint(1, 999)
    status = api.get(f"/scales/gram-{grams}").status_code
    assert status == 200, f"GET of a scale that works should answer 200, it answered {status}"
    for wait in waits(rng):
        check_busy(api.get(f"/scales/busy-{wait}"), wait, "GET of a busy scale")


def test_a_parcel_on_a_busy_scale(api: httpx.Client, rng: random.Random) -> None:
    """A parcel on a busy scale is refused in the same way, and can come again"""
    body = good_body(rng)
    for wait in waits(rng):
        answer = api.post("/parcels", json={**body, "scale": f"busy-{wait}"})
        check_busy(answer, wait, "POST /parcels with a busy scale")
        check_absent(api, body["code"], "a 503")
    taken_in(api, body)


def test_what_is_allowed_instead(api: httpx.Client, rng: random.Random) -> None:
    """A wrong method answers 405 and Allow names the right one"""
    code = taken_in(api, good_body(rng))
    right = {
        "/parcels": "POST",
        f"/parcels/{code}": "GET",
        f"/parcels/{code}/collect": "POST",
        f"/scales/gram-{rng.randint(1, 99)}": "GET",
        f"/incidents/i-{new_code(rng)}": "GET",
    }
    for path, allowed in right.items():
        other = "GET" if allowed == "POST" else "POST"
        for refused in (other, rng.choice(["PUT", "PATCH", "DELETE"])):
            answer = api.request(refused, path, headers=STAFF)
            asked = f"{refused} {path.replace(code, '{code}').partition('-')[0]}"
            status = answer.status_code
            assert status == 405, f"{asked} should answer 405, it answered {status}"
            names = {name.strip().upper() for name in answer.headers.get("allow", "").split(",")}
            assert allowed in names, f"the 405 to {asked} should have an Allow that names {allowed}"
            assert refused not in names, f"the Allow of {asked} should not name {refused}"


def test_without_the_token(api: httpx.Client, rng: random.Random) -> None:
    """Without the staff's token the answer is 401 and says how to come with one"""
    taken_in(api, good_body(rng))
    for headers in wrong_tokens(rng):
        answer = api.get(f"/incidents/{new_code(rng)}", headers=headers)
        asked = "GET of an incident " + ("with another token" if headers else "without a token")
        problem = problem_in(answer, 401, asked)
        check_member(problem, "type", "about:blank", asked)
        check_member(problem, "title", "Unauthorized", asked)
        challenge = answer.headers.get("www-authenticate", "")
        starts = challenge.lower().startswith("bearer")
        assert starts, f"the 401 to {asked} should have a WWW-Authenticate that starts with Bearer"
