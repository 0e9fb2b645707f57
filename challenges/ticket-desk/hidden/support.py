"""What the hidden tests share."""

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


def opened(api: httpx.Client, body: dict[str, Any]) -> dict[str, Any]:
    ticket = ticket_in(api.post("/tickets", json=body), "POST /tickets with a valid body")
    same = ticket.get("title") == body["title"]
    assert same, "a new ticket should have the title that was sent"
    return ticket


def seen(api: httpx.Client, ticket_id: int) -> dict[str, Any]:
    return ticket_in(api.get(f"/tickets/{ticket_id}"), "GET of a ticket that is there")
