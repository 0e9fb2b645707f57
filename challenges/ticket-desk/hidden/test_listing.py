"""Whether the list shows the right tickets in the right order."""

import json
import random
from typing import Any

import httpx

from support import opened, text, unusual


def listed(api: httpx.Client, **params: Any) -> list[Any]:
    shown = "&".join(f"{name}={value}" for name, value in params.items())
    asked = f"GET /tickets?{shown}" if shown else "GET /tickets"
    answer = api.get("/tickets", params=params)
    status = answer.status_code
    assert status == 200, f"{asked} should answer 200, it answered {status}"
    kind = answer.headers.get("content-type", "").lower()
    assert kind.startswith("application/json"), f"{asked} should answer with JSON"
    tickets = answer.json()
    assert isinstance(tickets, list), f"{asked} should answer with a JSON list"
    return tickets


def check_list(found: list[Any], expected: list[dict[str, Any]], what: str) -> None:
    """Same tickets in the same order; compared as JSON, because Python takes 1 for True."""
    assert len(found) == len(expected), (
        f"{what} should have {len(expected)} ticket(s), it has {len(found)}"
    )
    for place, (ticket, wanted) in enumerate(zip(found, expected, strict=True), start=1):
        assert isinstance(ticket, dict), f"{what} should hold tickets, number {place} is none"
        assert ticket.get("id") == wanted["id"], (
            f"{what} should have the newest ticket first; number {place} is not the expected one"
        )
        assert json.dumps(ticket, sort_keys=True) == json.dumps(wanted, sort_keys=True), (
            f"{what}: number {place} is not shown as the ticket is"
        )


def several(api: httpx.Client, rng: random.Random, count: int) -> list[dict[str, Any]]:
    """New tickets of both kinds, newest first."""
    kinds = [True, False] * (count // 2 + 1)
    rng.shuffle(kinds)
    return [opened(api, {**unusual(rng), "done": kinds[i]}) for i in range(count)][::-1]


def test_an_empty_desk(api: httpx.Client, rng: random.Random) -> None:
    """A fresh service lists no tickets, then the first one"""
    check_list(listed(api), [], "the list of a fresh service")
    tickets = [opened(api, unusual(rng))]
    check_list(listed(api), tickets, "the list after the first ticket")


def test_newest_first(api: httpx.Client, rng: random.Random) -> None:
    """The ticket that was opened last comes first, each shown whole"""
    tickets = several(api, rng, rng.randint(5, 8))
    check_list(listed(api), tickets, "the list")


def test_a_change_does_not_move_a_ticket(api: httpx.Client, rng: random.Random) -> None:
    """Changing a ticket does not move it"""
    tickets = several(api, rng, 6)
    for place in (5, rng.randrange(1, 5)):
        path = f"/tickets/{tickets[place]['id']}"
        body = unusual(rng)
        for answer in (api.patch(path, json={"title": text(rng, 9)}), api.put(path, json=body)):
            status = answer.status_code
            assert answer.is_success, f"PATCH and PUT should succeed, one answered {status}"
        tickets[place] = {**body, "id": tickets[place]["id"]}
    check_list(listed(api), tickets, "the list after a change")


def test_deleted_tickets_are_not_listed(api: httpx.Client, rng: random.Random) -> None:
    """A deleted ticket is not in the list"""
    tickets = several(api, rng, 5)
    gone = tickets.pop(rng.randrange(5))
    status = api.delete(f"/tickets/{gone['id']}").status_code
    assert status < 400, f"DELETE should succeed, it answered {status}"
    check_list(listed(api), tickets, "the list after a DELETE")


def test_done_or_not(api: httpx.Client, rng: random.Random) -> None:
    """done=true and done=false show their own tickets"""
    tickets = several(api, rng, 8)
    done = [ticket for ticket in tickets if ticket.get("done") is True]
    waiting = [ticket for ticket in tickets if ticket.get("done") is False]
    assert len(done) + len(waiting) == 8, "a new ticket should keep the `done` it was opened with"
    check_list(listed(api, done="true"), done, "the list with done=true")
    check_list(listed(api, done="false"), waiting, "the list with done=false")
    check_list(listed(api), tickets, "the list without `done`")


def test_limit(api: httpx.Client, rng: random.Random) -> None:
    """limit cuts the list; without it there are ten"""
    tickets = several(api, rng, rng.randint(12, 15))
    check_list(listed(api), tickets[:10], "the list without a limit")
    for limit in (1, rng.randint(2, 9), 11, 50):
        check_list(listed(api, limit=limit), tickets[:limit], f"the list with limit={limit}")


def test_the_largest_limit(api: httpx.Client, rng: random.Random) -> None:
    """limit=50 shows fifty tickets"""
    tickets = [opened(api, {"title": text(rng, 9)}) for _ in range(52)][::-1]
    check_list(listed(api, limit=50), tickets[:50], "the list with limit=50")


def test_limit_after_done(api: httpx.Client, rng: random.Random) -> None:
    """limit counts after done has been applied"""
    old = [opened(api, {**unusual(rng), "done": False}) for _ in range(12)][::-1]
    for _ in range(11):
        opened(api, {**unusual(rng), "done": True})
    check_list(listed(api, done="false", limit=3), old[:3], "the list with done=false and limit=3")
    check_list(listed(api, done="false"), old[:10], "the list with done=false and no limit")


def test_values_that_are_refused(api: httpx.Client, rng: random.Random) -> None:
    """A limit out of bounds, or a done that is neither, answers 422"""
    tickets = [opened(api, unusual(rng))]
    check_list(listed(api), tickets, "the list after the first ticket")
    bad: list[tuple[str, str]] = [("limit", value) for value in ("0", "-1", "51", "ten")]
    bad += [("limit", str(rng.randint(52, 9999))), ("done", "maybe"), ("done", "x" + text(rng, 9))]
    for name, value in bad:
        answer = api.get("/tickets", params={name: value})
        status = answer.status_code
        assert status == 422, f"GET /tickets with a bad `{name}` should answer 422, not {status}"
        body = answer.json()
        assert isinstance(body, dict) and "detail" in body, (
            f"the 422 to a bad `{name}` should be a JSON object with a field `detail`"
        )
