"""Whether PATCH knows null from not sent, and where null is allowed."""

import random
from typing import Any

import httpx

from support import check_same, opened, seen, text, ticket_in, unusual


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
