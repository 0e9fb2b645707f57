"""Whether a good order is numbered, kept and shown whole, apart from its money."""

import random
from typing import Any

import httpx

from support import order_in, same_json, some_order

FIELDS = {
    *("number", "customer", "items", "delivery", "discount_percent", "labels"),
    *("subtotal", "discount", "total"),
}
ITEM_FIELDS = {"sku", "quantity", "unit_price", "line_total"}


def created(api: httpx.Client, body: dict[str, Any]) -> dict[str, Any]:
    answer = api.post("/orders", json=body)
    status = answer.status_code
    assert status == 201, f"POST of a good order should answer 201, it answered {status}"
    return order_in(answer, "a good order")


def check_items(found: Any, sent: list[dict[str, Any]]) -> None:
    assert isinstance(found, list), "`items` in the answer should be a list"
    assert len(found) == len(sent), f"expected {len(sent)} items in the answer, got {len(found)}"
    for item, expected in zip(found, sent, strict=True):
        shaped = isinstance(item, dict) and set(item) == ITEM_FIELDS
        assert shaped, f"an item in the answer should have exactly {', '.join(sorted(ITEM_FIELDS))}"
        for name in ("sku", "quantity"):
            same = same_json(item[name], expected[name])
            assert same, f"the items should come back in order, with their `{name}` as sent"


def check_as_sent(order: dict[str, Any], body: dict[str, Any]) -> None:
    differing = sorted(FIELDS ^ set(order))
    assert not differing, f"these fields are missing or too many: {', '.join(differing)}"
    for name in ("customer", "delivery", "discount_percent", "labels"):
        assert same_json(order[name], body[name]), f"`{name}` should come back as it was sent"
    check_items(order["items"], body["items"])


def test_a_full_order(api: httpx.Client, rng: random.Random) -> None:
    """An order with every field answers 201 with exactly the stated fields"""
    for _ in range(2):
        body = some_order(rng)
        check_as_sent(created(api, body), body)


def test_a_pickup(api: httpx.Client, rng: random.Random) -> None:
    """An order for pickup comes back with a null address"""
    body = {**some_order(rng), "delivery": {"method": "pickup", "address": None}}
    check_as_sent(created(api, body), body)


def test_numbers(api: httpx.Client, rng: random.Random) -> None:
    """Orders are numbered 1, 2, 3"""
    numbers = [created(api, some_order(rng)).get("number") for _ in range(3)]
    assert same_json(numbers, [1, 2, 3]), "the first three orders should have number 1, 2 and 3"


def test_showing_orders(api: httpx.Client, rng: random.Random) -> None:
    """GET shows each order as it was at POST, and 404 for other numbers"""
    placed = [created(api, some_order(rng)) for _ in range(3)]
    for order in rng.sample(placed, 3):
        answer = api.get(f"/orders/{order.get('number')}")
        status = answer.status_code
        assert status == 200, f"GET of an order should answer 200, it answered {status}"
        same = same_json(answer.json(), order)
        assert same, "GET should show the order exactly as POST answered it"
    for number in (4, 0, rng.randint(10**6, 10**9)):
        status = api.get(f"/orders/{number}").status_code
        assert status == 404, f"GET of a number that is not there answered {status}, not 404"
