"""Whether DELETE removes a ticket for good and may be repeated."""

import random

import httpx

from support import check_same, opened, seen, unusual


def check_deleted(api: httpx.Client, ticket_id: int, what: str) -> None:
    answer = api.delete(f"/tickets/{ticket_id}")
    status = answer.status_code
    assert status == 204, f"DELETE of {what} should answer 204, it answered {status}"
    assert answer.content == b"", f"DELETE of {what} should answer without a body"


def check_gone(api: httpx.Client, ticket_id: int) -> None:
    status = api.get(f"/tickets/{ticket_id}").status_code
    assert status >= 400, f"GET of a deleted ticket should not find it, it answered {status}"


def test_a_ticket_is_gone(api: httpx.Client, rng: random.Random) -> None:
    """DELETE answers 204 without a body, and the ticket is gone"""
    ticket = opened(api, unusual(rng))
    check_same(seen(api, ticket["id"]), ticket, "the ticket before DELETE")
    check_deleted(api, ticket["id"], "a ticket")
    check_gone(api, ticket["id"])


def test_deleting_again(api: httpx.Client, rng: random.Random) -> None:
    """Deleting a ticket again answers 204 again"""
    ticket = opened(api, unusual(rng))
    check_deleted(api, ticket["id"], "a ticket")
    for _ in range(2):
        check_deleted(api, ticket["id"], "a ticket that is already gone")
    check_gone(api, ticket["id"])


def test_a_ticket_that_never_was(api: httpx.Client, rng: random.Random) -> None:
    """Deleting a ticket that never existed answers 204"""
    ticket = opened(api, unusual(rng))
    for never in (ticket["id"] + rng.randint(10**6, 10**9), 0, -1):
        check_deleted(api, never, "a ticket that never existed")
    check_same(seen(api, ticket["id"]), ticket, "a ticket that was not deleted")


def test_the_others_stay(api: httpx.Client, rng: random.Random) -> None:
    """DELETE leaves the other tickets alone"""
    tickets = [opened(api, unusual(rng)) for _ in range(4)]
    gone = tickets.pop(rng.randrange(4))
    check_deleted(api, gone["id"], "a ticket")
    for ticket in tickets:
        check_same(seen(api, ticket["id"]), ticket, "a ticket that was not deleted")
    check_gone(api, gone["id"])


def test_ids_are_not_used_again(api: httpx.Client, rng: random.Random) -> None:
    """The id of a deleted ticket is not given out again"""
    tickets = [opened(api, unusual(rng)) for _ in range(4)]
    used = {ticket["id"] for ticket in tickets}
    newest = tickets[3]
    for older in rng.sample(tickets[:3], 2):
        check_deleted(api, newest["id"], "the newest ticket")
        check_deleted(api, older["id"], "an older ticket")
        for _ in range(2):
            newest = opened(api, unusual(rng))
            assert newest["id"] not in used, "a new ticket got an id that was already given out"
            used.add(newest["id"])


def test_ids_after_all_are_gone(api: httpx.Client, rng: random.Random) -> None:
    """Ids are not used again even when every ticket is gone"""
    used = {opened(api, unusual(rng))["id"] for _ in range(3)}
    for ticket_id in used:
        check_deleted(api, ticket_id, "a ticket")
    for _ in range(3):
        new = opened(api, unusual(rng))["id"]
        assert new not in used, "a new ticket got an id that was already given out"
        used.add(new)
