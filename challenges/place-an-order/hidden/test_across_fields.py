"""Whether the rules that join several fields of an order hold."""

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


def check_refused(api: httpx.Client, body: Any, what: str) -> None:
    status = api.post("/orders", json=body).status_code
    assert status == 422, f"{what} should be refused with 422, the answer was {status}"


def test_a_courier_needs_an_address(api: httpx.Client, rng: random.Random) -> None:
    """A courier without an address is refused, with one it is accepted"""
    order = some_order(rng)
    accepted(api, order, "an order by courier with an address")
    for delivery in ({"method": "courier"}, {"method": "courier", "address": None}):
        check_refused(api, {**order, "delivery": delivery}, "a courier without an address")


def test_a_pickup_has_no_address(api: httpx.Client, rng: random.Random) -> None:
    """A pickup with an address is refused, without one it is accepted"""
    order = some_order(rng)
    address = order["delivery"]["address"]
    for delivery in ({"method": "pickup"}, {"method": "pickup", "address": None}):
        accepted(api, {**order, "delivery": delivery}, "a pickup without an address")
    delivery = {"method": "pickup", "address": address}
    check_refused(api, {**order, "delivery": delivery}, "a pickup with an address")


def test_a_sku_twice(api: httpx.Client, rng: random.Random) -> None:
    """Two items with the same sku are refused, wherever they stand"""
    items = some_items(rng, 5)
    accepted(api, {**some_order(rng), "items": items}, "an order with five skus")
    for here, there in ((0, 1), (0, 4), (2, 4)):
        twice = [dict(item) for item in items]
        twice[there]["sku"] = twice[here]["sku"]
        check_refused(api, {**some_order(rng), "items": twice}, "an order with a sku twice")


def test_the_same_item_twice(api: httpx.Client, rng: random.Random) -> None:
    """The very same item twice is refused; only the sku has to differ"""
    first, second = some_items(rng, 2)
    body = {**some_order(rng), "items": [first, first]}
    check_refused(api, body, "an order with the same item twice")
    twin = {**first, "sku": second["sku"]}
    body = {**some_order(rng), "items": [first, twin]}
    accepted(api, body, "an order whose items differ in their sku only")


def test_the_same_sku_in_two_orders(api: httpx.Client, rng: random.Random) -> None:
    """A sku may come again in the next order, but not twice in one"""
    items = some_items(rng, 2)
    for _ in range(2):
        accepted(api, {**some_order(rng), "items": items}, "an order with two skus")
    check_refused(
        api, {**some_order(rng), "items": [*items, items[0]]}, "an order with a sku twice"
    )
