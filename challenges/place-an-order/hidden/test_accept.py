"""Whether a good order is numbered, kept and shown whole, apart from its money."""

import json
import random
import string
from typing import Any

import httpx

LETTERS = string.ascii_letters + "äéñøßλж漢"


def text(rng: random.Random, size: int) -> str:
    return "".join(rng.choice(LETTERS) for _ in range(size))


def some_text(rng: random.Random, longest: int) -> str:
    return text(rng, rng.randint(2, longest))


def some_items(rng: random.Random, count: int) -> list[dict[str, Any]]:
    """Items with a different sku each, and fewer than 100 pieces in all."""
    prefix = "".join(rng.choices(string.ascii_uppercase, k=3))
    return [
        {
            "sku": f"{prefix}-{digits:04d}",
            "quantity": rng.randint(2, 9),
            "unit_price": f"{rng.randint(1, 9999)}.{rng.randint(0, 99):02d}",
        }
        for digits in rng.sample(range(10_000), count)
    ]


def some_order(rng: random.Random) -> dict[str, Any]:
    """A good order in which every field is there and none has its default."""
    address = {"street": some_text(rng, 80), "city": some_text(rng, 40)}
    return {
        "customer": {"name": some_text(rng, 80), "reference": some_text(rng, 30)},
        "items": some_items(rng, rng.randint(3, 6)),
        "delivery": {"method": "courier", "address": address},
        "discount_percent": rng.randint(1, 40),
        "labels": [some_text(rng, 20) for _ in range(rng.randint(2, 4))],
    }


def order_in(answer: httpx.Response, what: str) -> dict[str, Any]:
    """The order that an answer carries, once it is sure that there is one."""
    status = answer.status_code
    assert answer.is_success, f"{what} should be accepted, the answer was {status}"
    order = answer.json()
    assert isinstance(order, dict), f"the answer to {what} should be a JSON object"
    return order


def accepted(api: httpx.Client, body: dict[str, Any], what: str) -> dict[str, Any]:
    order = order_in(api.post("/orders", json=body), what)
    same = isinstance(order.get("items"), list) and len(order["items"]) == len(body["items"])
    assert same, f"the answer to {what} should have as many items as the order"
    return order


FIELDS = {
    *("number", "customer", "items", "delivery", "discount_percent", "labels"),
    *("subtotal", "discount", "total"),
}
ITEM_FIELDS = {"sku", "quantity", "unit_price", "line_total"}


def same_json(found: Any, expected: Any) -> bool:
    """Equal as JSON: Python would take 1.0 and True for 1."""
    return json.dumps(found, sort_keys=True) == json.dumps(expected, sort_keys=True)


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
