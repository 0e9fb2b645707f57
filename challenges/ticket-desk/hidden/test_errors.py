"""Whether mistakes get the right status, say why in JSON and change nothing."""

import json
import random
from typing import Any

import httpx

from support import LETTERS, check_same, opened, seen, text, unusual


def check_error(answer: httpx.Response, status: int, asked: str) -> None:
    found = answer.status_code
    assert found == status, f"{asked} should answer {status}, it answered {found}"
    kind = answer.headers.get("content-type", "").lower()
    is_json = kind.startswith(("application/json", "application/problem+json"))
    assert is_json, f"the {status} to {asked} should be JSON"
    body = answer.json()
    assert isinstance(body, dict) and "detail" in body, (
        f"the {status} to {asked} should be a JSON object with a field `detail`"
    )


def bad_bodies(rng: random.Random) -> dict[str, dict[str, Any]]:
    """Bodies with one mistake each, by the words that describe it."""
    return {
        "an empty title": {"title": ""},
        "a title of 81 characters": {"title": "".join(rng.choices(LETTERS, k=81))},
        "a title that is a list": {"title": [text(rng, 9)]},
        "a title that is a number": {"title": rng.randint(1, 999)},
        "an unknown priority": {"priority": "x" + text(rng, 9)},
        "a priority that is a number": {"priority": rng.randint(2, 999)},
        "an empty assignee": {"assignee": ""},
        "an assignee of 41 characters": {"assignee": "".join(rng.choices(LETTERS, k=41))},
        "an assignee that is an object": {"assignee": {"name": text(rng, 9)}},
        "a `done` that is some text": {"done": "x" + text(rng, 9)},
        "a `done` that is a list": {"done": [True]},
    }


def check_not_there(api: httpx.Client, ticket_id: int, what: str) -> None:
    path = f"/tickets/{ticket_id}"
    check_error(api.put(path, json={"title": "Anything"}), 404, f"PUT of {what}")
    check_error(api.patch(path, json={"done": True}), 404, f"PATCH of {what}")
    check_error(api.get(path), 404, f"GET of {what}")


def check_unchanged(api: httpx.Client, ticket: dict[str, Any], after: str) -> None:
    check_same(seen(api, ticket["id"]), ticket, f"the ticket after {after}")


def test_a_ticket_that_never_was(api: httpx.Client, rng: random.Random) -> None:
    """GET, PUT and PATCH of a ticket that never was answer 404"""
    ticket = opened(api, unusual(rng))
    for unknown in (ticket["id"] + rng.randint(10**6, 10**9), 0, -1):
        check_not_there(api, unknown, "a ticket that never was")
    check_unchanged(api, ticket, "requests for another id")


def test_a_ticket_that_is_gone(api: httpx.Client, rng: random.Random) -> None:
    """GET, PUT and PATCH of a deleted ticket answer 404"""
    ticket = opened(api, unusual(rng))
    answer = api.delete(f"/tickets/{ticket['id']}")
    assert answer.status_code < 400, f"DELETE should succeed, it answered {answer.status_code}"
    check_not_there(api, ticket["id"], "a deleted ticket")


def test_a_wrong_method(api: httpx.Client, rng: random.Random) -> None:
    """A method that a path does not have answers 405 with Allow"""
    ticket = opened(api, unusual(rng))
    one = f"/tickets/{ticket['id']}"
    cases = [(method, "/tickets") for method in ("PUT", "PATCH", "DELETE")] + [("POST", one)]
    for method, path in rng.sample(cases, len(cases)):
        asked = f"{method} on {'/tickets/{id}' if path == one else path}"
        answer = api.request(method, path, json={"title": text(rng, 9)})
        check_error(answer, 405, asked)
        allowed = {name.strip().upper() for name in answer.headers.get("allow", "").split(",")}
        offered = {"GET", "PUT", "PATCH", "DELETE"} if path == one else {"GET", "POST"}
        assert allowed & offered, f"the Allow header of {asked} should name a method it does have"
        assert method not in allowed, f"the Allow header of {asked} should not name {method}"
    check_unchanged(api, ticket, "a request with a wrong method")


def test_a_bad_body_to_post(api: httpx.Client, rng: random.Random) -> None:
    """POST with a bad body answers 422 and opens no ticket"""
    opened(api, unusual(rng))
    before = api.get("/tickets", params={"limit": 50}).content
    for what, change in bad_bodies(rng).items():
        answer = api.post("/tickets", json={**unusual(rng), **change})
        check_error(answer, 422, f"POST with {what}")
    for name in ("title", "priority", "done"):
        answer = api.post("/tickets", json={**unusual(rng), name: None})
        check_error(answer, 422, f"POST with null for `{name}`")
    answer = api.post("/tickets", json={"priority": "high", "done": True})
    check_error(answer, 422, "POST without a title")
    after = api.get("/tickets", params={"limit": 50}).content
    assert after == before, "a refused POST should not open a ticket"


def test_a_bad_body_to_put(api: httpx.Client, rng: random.Random) -> None:
    """PUT with a bad body answers 422 and changes nothing"""
    ticket = opened(api, unusual(rng))
    path = f"/tickets/{ticket['id']}"
    for what, change in bad_bodies(rng).items():
        answer = api.put(path, json={**unusual(rng), **change})
        check_error(answer, 422, f"PUT with {what}")
    for name in ("title", "priority", "done"):
        answer = api.put(path, json={**unusual(rng), name: None})
        check_error(answer, 422, f"PUT with null for `{name}`")
    check_error(api.put(path, json={"priority": "normal"}), 422, "PUT without a title")
    check_unchanged(api, ticket, "a refused PUT")


def test_a_bad_body_to_patch(api: httpx.Client, rng: random.Random) -> None:
    """PATCH with a bad body answers 422 and changes nothing"""
    ticket = opened(api, {"title": text(rng, 80), "priority": "normal"})
    path = f"/tickets/{ticket['id']}"
    for what, change in bad_bodies(rng).items():
        check_error(api.patch(path, json=change), 422, f"PATCH with {what}")
        answer = api.patch(path, json={**unusual(rng), **change})
        check_error(answer, 422, f"PATCH with good fields and {what}")
    check_unchanged(api, ticket, "a refused PATCH")


def test_a_body_that_is_no_object(api: httpx.Client, rng: random.Random) -> None:
    """A body that is no JSON, or no JSON object, answers 422"""
    ticket = opened(api, unusual(rng))
    path = f"/tickets/{ticket['id']}"
    bodies = {"no JSON": '{"title": "' + text(rng, 9), "a JSON list": json.dumps([text(rng, 9)])}
    for what, body in bodies.items():
        for method, target in (("POST", "/tickets"), ("PUT", path), ("PATCH", path)):
            answer = api.request(
                method,
                target,
                content=body.encode(),
                headers={"Content-Type": "application/json"},
            )
            check_error(answer, 422, f"{method} with a body that is {what}")
    check_unchanged(api, ticket, "a refused body")
