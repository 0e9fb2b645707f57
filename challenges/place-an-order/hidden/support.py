"""What the hidden tests share."""

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


def same_json(found: Any, expected: Any) -> bool:
    """Equal as JSON: Python would take 1.0 and True for 1."""
    return json.dumps(found, sort_keys=True) == json.dumps(expected, sort_keys=True)


def check_refused(api: httpx.Client, body: Any, what: str) -> None:
    status = api.post("/orders", json=body).status_code
    assert status == 422, f"{what} should be refused with 422, the answer was {status}"


def changed(order: dict[str, Any], path: str, value: Any) -> dict[str, Any]:
    """A copy of the order with another value at a path such as `items.0.sku`."""
    copy = json.loads(json.dumps(order))
    *way, last = [int(step) if step.isdigit() else step for step in path.split(".")]
    place = copy
    for step in way:
        place = place[step]
    place[last] = value
    return dict(copy)
