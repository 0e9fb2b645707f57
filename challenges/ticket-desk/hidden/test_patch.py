"""Whether PATCH changes what was sent and keeps the rest."""

import random
from typing import Any

import httpx

from support import check_same, opened, seen, text, ticket_in, unusual


def patch(api: httpx.Client, ticket_id: int, body: dict[str, Any]) -> dict[str, Any]:
    answer = api.patch(f"/tickets/{ticket_id}", json=body)
    status = answer.status_code
    assert status == 200, f"PATCH with a valid body should answer 200, it answered {status}"
    return ticket_in(answer, "PATCH")


def check_patch(api: httpx.Client, ticket: dict[str, Any], body: dict[str, Any]) -> None:
    expected = {**ticket, **body}
    sent = " and ".join(f"`{name}`" for name in body) or "nothing"
    check_same(patch(api, ticket["id"], body), expected, f"the answer to a PATCH of {sent}")
    check_same(seen(api, ticket["id"]), expected, f"the ticket after a PATCH of {sent}")


def test_one_field_at_a_time(api: httpx.Client, rng: random.Random) -> None:
    """PATCH of one field keeps the others"""
    values = unusual(rng)
    for name in rng.sample(sorted(values), 4):
        start = {**unusual(rng), "priority": "normal", "done": False}
        check_patch(api, opened(api, start), {name: values[name]})


def test_two_fields(api: httpx.Client, rng: random.Random) -> None:
    """PATCH of two fields keeps the other two"""
    values = unusual(rng)
    for _ in range(3):
        start = {**unusual(rng), "priority": "normal", "done": False}
        names = rng.sample(sorted(values), 2)
        check_patch(api, opened(api, start), {name: values[name] for name in names})


def test_a_value_that_is_the_default(api: httpx.Client, rng: random.Random) -> None:
    """A value counts as sent even if it is the default"""
    for body in ({"done": False}, {"priority": "normal"}):
        check_patch(api, opened(api, unusual(rng)), body)


def test_an_empty_change(api: httpx.Client, rng: random.Random) -> None:
    """PATCH with an empty object changes nothing"""
    check_patch(api, opened(api, unusual(rng)), {})


def test_one_change_after_another(api: httpx.Client, rng: random.Random) -> None:
    """Changes add up, and other tickets stay as they are"""
    other, ticket = opened(api, unusual(rng)), opened(api, {"title": text(rng, 80)})
    values = unusual(rng)
    for name in rng.sample(sorted(values), 4):
        patch(api, ticket["id"], {name: values[name]})
    expected = {**values, "id": ticket["id"]}
    check_same(seen(api, ticket["id"]), expected, "the ticket after four PATCHes")
    check_same(seen(api, other["id"]), other, "another ticket after PATCH")


def test_what_a_client_cannot_set(api: httpx.Client, rng: random.Random) -> None:
    """An id and unknown fields in a PATCH are ignored"""
    ticket = opened(api, unusual(rng))
    for wish in (rng.randint(10**6, 10**9), text(rng, 8), None):
        sent = {"id": wish, text(rng, 8) + "_x": text(rng, 8)}
        check_same(
            patch(api, ticket["id"], sent), ticket, "the answer to a PATCH of unknown fields"
        )
        check_same(seen(api, ticket["id"]), ticket, "the ticket after a PATCH of unknown fields")
