"""Whether unknown fields are refused, at the top and in each part."""

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


def check_refused(api: httpx.Client, body: Any, what: str) -> None:
    status = api.post("/orders", json=body).status_code
    assert status == 422, f"{what} should be refused with 422, the answer was {status}"


def with_extra(order: dict[str, Any], path: str, name: str, value: Any) -> dict[str, Any]:
    """A copy of the order with one more field in the part at this path."""
    copy = dict(json.loads(json.dumps(order)))
    place: Any = copy
    for step in path.split(".") if path else []:
        place = place[int(step)] if step.isdigit() else place[step]
    place[name] = value
    return copy


def check_extra(api: httpx.Client, rng: random.Random, path: str, name: str | None = None) -> None:
    order = some_order(rng)
    where = f"in {path}" if path else "in the order itself"
    accepted(api, order, "an order with exactly the known fields")
    values = (some_text(rng, 9), rng.randint(1, 99), None)
    for value in values:
        body = with_extra(order, path, name or f"{some_text(rng, 8)}_x", value)
        check_refused(api, body, f"an order with an unknown field {where}")


def test_in_the_order(api: httpx.Client, rng: random.Random) -> None:
    """An unknown field in the order itself is refused"""
    check_extra(api, rng, "")


def test_in_the_customer(api: httpx.Client, rng: random.Random) -> None:
    """An unknown field in the customer is refused"""
    check_extra(api, rng, "customer")


def test_in_an_item(api: httpx.Client, rng: random.Random) -> None:
    """An unknown field in any item is refused"""
    check_extra(api, rng, "items.0")
    check_extra(api, rng, "items.2")


def test_in_the_delivery(api: httpx.Client, rng: random.Random) -> None:
    """An unknown field in the delivery or in its address is refused"""
    check_extra(api, rng, "delivery")
    check_extra(api, rng, "delivery.address")


def test_in_a_pickup(api: httpx.Client, rng: random.Random) -> None:
    """An unknown field in a pickup is refused"""
    order = {**some_order(rng), "delivery": {"method": "pickup"}}
    accepted(api, order, "an order for pickup")
    body = with_extra(order, "delivery", f"{some_text(rng, 8)}_x", some_text(rng, 9))
    check_refused(api, body, "an order with an unknown field in a pickup")


def test_what_the_depot_computes(api: httpx.Client, rng: random.Random) -> None:
    """A client cannot send what the depot computes"""
    order = some_order(rng)
    accepted(api, order, "an order with exactly the known fields")
    for name in ("number", "subtotal", "discount", "total"):
        value = rng.randint(1, 9) if name == "number" else "0.01"
        check_refused(api, {**order, name: value}, f"an order that sends its own `{name}`")
    body = with_extra(order, "items.1", "line_total", "0.01")
    check_refused(api, body, "an item that sends its own `line_total`")
