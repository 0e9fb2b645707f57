"""Whether unknown fields are refused, at the top and in each part."""

import json
import random
from typing import Any

import httpx

from support import accepted, check_refused, some_order, some_text


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


def test_a_field_of_another_part(api: httpx.Client, rng: random.Random) -> None:
    """A field that only another part has is unknown"""
    for path, name in (("", "name"), ("customer", "city"), ("items.1", "labels")):
        check_extra(api, rng, path, name)
    check_extra(api, rng, "delivery", "street")
    check_extra(api, rng, "delivery.address", "reference")


def test_what_the_depot_computes(api: httpx.Client, rng: random.Random) -> None:
    """A client cannot send what the depot computes"""
    order = some_order(rng)
    accepted(api, order, "an order with exactly the known fields")
    for name in ("number", "subtotal", "discount", "total"):
        value = rng.randint(1, 9) if name == "number" else "0.01"
        check_refused(api, {**order, name: value}, f"an order that sends its own `{name}`")
    body = with_extra(order, "items.1", "line_total", "0.01")
    check_refused(api, body, "an item that sends its own `line_total`")
