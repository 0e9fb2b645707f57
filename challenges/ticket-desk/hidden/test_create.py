"""Whether POST creates a ticket, shows it whole and says where it is."""

import random
from typing import Any
from urllib.parse import urlsplit

import httpx

from graders.at_once import AtOnce

from support import LETTERS, check_same, seen, text, ticket_in, unusual

PRIORITIES = ["low", "normal", "high"]


def posted(api: httpx.Client, body: dict[str, Any]) -> dict[str, Any]:
    answer = api.post("/tickets", json=body)
    status = answer.status_code
    assert status == 201, f"POST /tickets with a valid body should answer 201, it answered {status}"
    return ticket_in(answer, "POST /tickets")


def path_of(location: str) -> str:
    try:
        return urlsplit(location).path
    except ValueError:
        return ""


def test_a_ticket_with_every_field(api: httpx.Client, rng: random.Random) -> None:
    """POST answers 201 with the whole ticket, as it was sent"""
    body = unusual(rng)
    ticket = posted(api, body)
    check_same(ticket, {**body, "id": ticket["id"]}, "the ticket in the answer to POST")


def test_a_ticket_with_a_title_only(api: httpx.Client, rng: random.Random) -> None:
    """Fields that are left out take their defaults"""
    title = text(rng, 80)
    ticket = posted(api, {"title": title})
    expected = {"title": title, "priority": "normal", "assignee": None, "done": False}
    check_same(ticket, {**expected, "id": ticket["id"]}, "a ticket opened with a title only")


def test_every_allowed_value(api: httpx.Client, rng: random.Random) -> None:
    """Every priority, the shortest and longest texts and spaces around them are accepted"""
    for priority in PRIORITIES:
        for size in (1, 40):
            body = {**unusual(rng), "priority": priority}
            body["title"] = "".join(rng.choice(LETTERS) for _ in range(size * 2 if size > 1 else 1))
            body["assignee"] = "".join(rng.choice(LETTERS) for _ in range(size))
            ticket = posted(api, body)
            check_same(ticket, {**body, "id": ticket["id"]}, "a ticket with values at the bounds")
    for title in (" ", f" {text(rng, 40)}  {text(rng, 30)} "):
        body = {**unusual(rng), "title": title, "assignee": f" {text(rng, 30)} "}
        ticket = posted(api, body)
        check_same(ticket, {**body, "id": ticket["id"]}, "a ticket with spaces around its texts")
    ticket = posted(api, {"title": text(rng, 80), "assignee": None, "done": False})
    assert ticket.get("assignee", "") is None, "`assignee` sent as null should be null"


def test_location(api: httpx.Client, rng: random.Random) -> None:
    """Location is the address of the new ticket"""
    for _ in range(2):
        answer = api.post("/tickets", json=unusual(rng))
        ticket = ticket_in(answer, "POST /tickets")
        location = answer.headers.get("location")
        assert location, "the answer to POST should have a Location header"
        path = path_of(location)
        assert path == f"/tickets/{ticket['id']}", (
            "Location should be /tickets/ followed by the id of the ticket in the answer"
        )
        found = ticket_in(api.get(path), "GET of the address in Location")
        check_same(found, ticket, "the ticket at the address in Location")


def test_looking_tickets_up(api: httpx.Client, rng: random.Random) -> None:
    """Every ticket has an id of its own, and GET shows it with status 200"""
    tickets = [posted(api, unusual(rng)) for _ in range(4)]
    assert len({ticket["id"] for ticket in tickets}) == 4, "four tickets should have four ids"
    for ticket in rng.sample(tickets, 4):
        answer = api.get(f"/tickets/{ticket['id']}")
        status = answer.status_code
        assert status == 200, f"GET of a ticket should answer 200, it answered {status}"
        check_same(ticket_in(answer, "GET of a ticket"), ticket, "the ticket that GET shows")


def test_tickets_that_are_opened_together(
    api: httpx.Client, at_once: AtOnce, rng: random.Random
) -> None:
    """Tickets that are opened at the same time have ids of their own, and none is lost"""
    bodies = [unusual(rng) for _ in range(12)]
    answers = at_once(api.build_request("POST", "/tickets", json=body) for body in bodies)
    tickets = [ticket_in(answer, "POST /tickets") for answer in answers]
    ids = {ticket["id"] for ticket in tickets}
    assert len(ids) == 12, "twelve tickets that are opened together should have twelve ids"
    for body, ticket in zip(bodies, tickets, strict=True):
        expected = {**body, "id": ticket["id"]}
        check_same(seen(api, ticket["id"]), expected, "a ticket that was opened beside others")


def test_what_a_client_cannot_set(api: httpx.Client, rng: random.Random) -> None:
    """An id and unknown fields in the body are ignored, whatever they are"""
    for wish in (rng.randint(10**6, 10**9), text(rng, 8), None, [rng.randint(1, 9)]):
        body = unusual(rng)
        ticket = posted(api, {**body, "id": wish, text(rng, 8) + "_x": text(rng, 8)})
        assert ticket["id"] != wish, "the service should choose the id, not the client"
        check_same(ticket, {**body, "id": ticket["id"]}, "a ticket opened with additional fields")
