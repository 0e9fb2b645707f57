"""Whether PUT puts a new ticket in the place of the old one."""

import random
from typing import Any

import httpx

from support import check_same, opened, seen, text, ticket_in, unusual


def put(api: httpx.Client, ticket_id: int, body: dict[str, Any]) -> dict[str, Any]:
    answer = api.put(f"/tickets/{ticket_id}", json=body)
    status = answer.status_code
    assert status == 200, f"PUT with a valid body should answer 200, it answered {status}"
    return ticket_in(answer, "PUT")


def test_every_field_is_replaced(api: httpx.Client, rng: random.Random) -> None:
    """PUT stores every field of the body and answers with the whole ticket"""
    ticket = opened(api, {"title": text(rng, 80)})
    body = unusual(rng)
    expected = {**body, "id": ticket["id"]}
    check_same(put(api, ticket["id"], body), expected, "the ticket in the answer to PUT")
    check_same(seen(api, ticket["id"]), expected, "the ticket after PUT")


def test_what_is_left_out_goes_back(api: httpx.Client, rng: random.Random) -> None:
    """Fields that PUT leaves out go back to their defaults"""
    ticket = opened(api, unusual(rng))
    body = {"title": text(rng, 80)}
    expected = {**body, "priority": "normal", "assignee": None, "done": False, "id": ticket["id"]}
    check_same(put(api, ticket["id"], body), expected, "the answer to a PUT with a title only")
    check_same(seen(api, ticket["id"]), expected, "the ticket after a PUT with a title only")


def test_null_frees_the_ticket(api: httpx.Client, rng: random.Random) -> None:
    """PUT takes null for the assignee"""
    ticket = opened(api, unusual(rng))
    body = {**unusual(rng), "assignee": None}
    put(api, ticket["id"], body)
    check_same(seen(api, ticket["id"]), {**body, "id": ticket["id"]}, "the ticket after PUT")


def test_the_same_put_twice(api: httpx.Client, rng: random.Random) -> None:
    """The same PUT twice leaves the same ticket as once"""
    ticket = opened(api, unusual(rng))
    body = {"title": text(rng, 80), "done": True}
    first = put(api, ticket["id"], body)
    check_same(put(api, ticket["id"], body), first, "the answer to the second PUT")
    check_same(seen(api, ticket["id"]), first, "the ticket after the second PUT")


def test_nothing_else_is_touched(api: httpx.Client, rng: random.Random) -> None:
    """PUT keeps the id, ignores unknown fields and leaves other tickets alone"""
    other, ticket = opened(api, unusual(rng)), opened(api, unusual(rng))
    body = unusual(rng)
    expected = {**body, "id": ticket["id"]}
    for wish in (other["id"], text(rng, 8)):
        sent = {**body, "id": wish, text(rng, 8) + "_x": text(rng, 8)}
        check_same(put(api, ticket["id"], sent), expected, "the answer to a PUT with more fields")
        check_same(seen(api, ticket["id"]), expected, "the ticket after a PUT with more fields")
    check_same(seen(api, other["id"]), other, "another ticket after PUT")
