"""Whether PATCH knows null from not sent, and where null is allowed."""

import json
import random
import string
from typing import Any

import httpx

LETTERS = string.ascii_letters + "äéñøßλж漢"


def text(rng: random.Random, longest: int) -> str:
    return "".join(rng.choice(LETTERS) for _ in range(rng.randint(2, longest)))


def ticket_in(answer: httpx.Response, asked: str) -> dict[str, Any]:
    """The ticket that an answer carries, once its shape is sure."""
    status = answer.status_code
    assert answer.is_success, f"{asked} should succeed, it answered {status}"
    kind = answer.headers.get("content-type", "").lower()
    assert kind.startswith("application/json"), f"{asked} should answer with JSON"
    ticket = answer.json()
    assert isinstance(ticket, dict) and type(ticket.get("id")) is int, (
        f"{asked} should answer with a ticket: a JSON object with a whole number as `id`"
    )
    return ticket


def opened(api: httpx.Client, body: dict[str, Any]) -> dict[str, Any]:
    ticket = ticket_in(api.post("/tickets", json=body), "POST /tickets with a valid body")
    same = ticket.get("title") == body["title"]
    assert same, "a new ticket should have the title that was sent"
    return ticket


def seen(api: httpx.Client, ticket_id: int) -> dict[str, Any]:
    return ticket_in(api.get(f"/tickets/{ticket_id}"), "GET of a ticket that is there")


def fields_of(ticket: dict[str, Any]) -> set[tuple[str, str]]:
    """Each field with its value as JSON, because Python takes 1 for True."""
    return {(name, json.dumps(value, sort_keys=True)) for name, value in ticket.items()}


def check_same(found: dict[str, Any], expected: dict[str, Any], where: str) -> None:
    wrong = sorted({name for name, _ in fields_of(found) ^ fields_of(expected)})
    assert not wrong, f"{where}: these fields are not as expected: {', '.join(wrong)}"


def unusual(rng: random.Random) -> dict[str, Any]:
    """A body in which no field has its default."""
    return {
        "title": text(rng, 80),
        "priority": rng.choice(["low", "high"]),
        "assignee": text(rng, 40),
        "done": True,
    }


def check_refused(api: httpx.Client, ticket: dict[str, Any], body: dict[str, Any]) -> None:
    names = " and ".join(f"`{name}`" for name in body if body[name] is None)
    status = api.patch(f"/tickets/{ticket['id']}", json=body).status_code
    assert status == 422, f"a PATCH with null for {names} should answer 422, it answered {status}"
    check_same(seen(api, ticket["id"]), ticket, f"the ticket after a refused null for {names}")


def check_freed(api: httpx.Client, ticket: dict[str, Any], body: dict[str, Any]) -> None:
    answer = api.patch(f"/tickets/{ticket['id']}", json=body)
    status = answer.status_code
    assert status == 200, f"PATCH with null for `assignee` should answer 200, it answered {status}"
    expected = {**ticket, **body}
    found = ticket_in(answer, "PATCH")
    check_same(found, expected, "the answer to a PATCH with null for `assignee`")
    check_same(seen(api, ticket["id"]), expected, "the ticket after null for `assignee`")


def test_null_frees_the_ticket(api: httpx.Client, rng: random.Random) -> None:
    """null takes the assignee away and keeps the rest"""
    check_freed(api, opened(api, unusual(rng)), {"assignee": None})


def test_null_beside_another_change(api: httpx.Client, rng: random.Random) -> None:
    """null for the assignee works beside another field"""
    check_freed(api, opened(api, unusual(rng)), {"assignee": None, "title": text(rng, 80)})


def test_null_where_it_is_no_value(api: httpx.Client, rng: random.Random) -> None:
    """null for title, priority or done answers 422 and changes nothing"""
    ticket = opened(api, unusual(rng))
    for name in rng.sample(["title", "priority", "done"], 3):
        check_refused(api, ticket, {name: None})


def test_a_good_field_beside_a_bad_null(api: httpx.Client, rng: random.Random) -> None:
    """A refused null also stops the good field beside it"""
    ticket = opened(api, unusual(rng))
    for name in rng.sample(["title", "priority", "done"], 3):
        check_refused(api, ticket, {"assignee": text(rng, 40), name: None})
