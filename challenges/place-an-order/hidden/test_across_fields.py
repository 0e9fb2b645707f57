"""Whether the rules that join several fields of an order hold."""

import random

import httpx

from support import accepted, check_refused, some_items, some_order


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
