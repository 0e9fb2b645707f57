"""The examples of the statement: Run checks these, and you see all of them."""

from typing import Any

import httpx


def opened(api: httpx.Client, body: dict[str, Any]) -> str:
    """The address of a new ticket."""
    answer = api.post("/tickets", json=body)
    assert answer.is_success, f"POST /tickets answered {answer.status_code}: {answer.text[:200]}"
    ticket = answer.json()
    assert isinstance(ticket, dict) and "id" in ticket, f"this is no ticket: {answer.text[:200]}"
    return f"/tickets/{ticket['id']}"


def check_ticket(answer: httpx.Response, status: int, fields: dict[str, Any]) -> None:
    """Whether an answer has this status and these fields, whatever its id."""
    found = answer.status_code
    assert found == status, f"expected status {status}, got {found}: {answer.text[:200]}"
    ticket = answer.json()
    assert isinstance(ticket, dict), f"expected a ticket, got {answer.text[:200]}"
    ticket.pop("id", None)
    assert ticket == fields, f"expected {fields} and an id, got {answer.text[:200]}"


def test_open_a_ticket(api: httpx.Client) -> None:
    """POST /tickets answers 201 with the ticket and its Location"""
    answer = api.post("/tickets", json={"title": "Printer jams", "priority": "high"})
    check_ticket(
        answer,
        201,
        {"title": "Printer jams", "priority": "high", "assignee": None, "done": False},
    )
    location = answer.headers.get("location", "")
    assert f"/tickets/{answer.json().get('id')}" in location, f"Location is {location!r}"


def test_replace_a_ticket(api: httpx.Client) -> None:
    """PUT replaces the ticket; what is left out goes back to its default"""
    address = opened(api, {"title": "Printer jams", "priority": "high"})
    check_ticket(
        api.put(address, json={"title": "Printer on fire"}),
        200,
        {"title": "Printer on fire", "priority": "normal", "assignee": None, "done": False},
    )


def test_change_one_field(api: httpx.Client) -> None:
    """PATCH changes the assignee and keeps the rest"""
    address = opened(api, {"title": "Printer on fire", "priority": "low"})
    check_ticket(
        api.patch(address, json={"assignee": "Ada"}),
        200,
        {"title": "Printer on fire", "priority": "low", "assignee": "Ada", "done": False},
    )


def test_throw_a_ticket_away(api: httpx.Client) -> None:
    """DELETE answers 204, and the ticket is not there any more"""
    address = opened(api, {"title": "Printer jams"})
    status = api.delete(address).status_code
    assert status == 204, f"DELETE should answer 204, it answered {status}"
    status = api.get(address).status_code
    assert status == 404, f"GET of a deleted ticket should answer 404, it answered {status}"


def test_the_list(api: httpx.Client) -> None:
    """GET /tickets lists the newest ticket first"""
    for title in ("First", "Second", "Third"):
        opened(api, {"title": title})
    answer = api.get("/tickets", params={"limit": 2})
    status = answer.status_code
    assert status == 200, f"GET /tickets should answer 200, it answered {status}"
    listed = answer.json()
    assert isinstance(listed, list), f"expected a JSON list, got {answer.text[:200]}"
    titles = [ticket.get("title") for ticket in listed if isinstance(ticket, dict)]
    assert titles == ["Third", "Second"], f"expected Third, Second; got {titles}"


def test_a_ticket_without_a_title(api: httpx.Client) -> None:
    """POST without a title answers 422"""
    status = api.post("/tickets", json={"priority": "low"}).status_code
    assert status == 422, f"POST without a title should answer 422, it answered {status}"
