"""Whether defaults fill in what is left out, and no two orders share them."""

import random
from typing import Any

import httpx

from support import accepted, order_in, same_json, some_items, some_text

WEB = ["web"]
PICKUP = {"method": "pickup", "address": None}


def check(order: dict[str, Any], name: str, expected: Any, what: str) -> None:
    assert same_json(order.get(name), expected), f"`{name}` should {what}"


def short_order(rng: random.Random, pieces: int = 3) -> dict[str, Any]:
    """An order that leaves out all it can, for so many pieces."""
    (item,) = some_items(rng, 1)
    return {"customer": {"name": some_text(rng, 80)}, "items": [{**item, "quantity": pieces}]}


def test_what_is_left_out(api: httpx.Client, rng: random.Random) -> None:
    """What is left out gets its default, at every depth"""
    body = short_order(rng)
    del body["items"][0]["quantity"]
    order = accepted(api, body, "an order with only what it needs")
    check(
        order,
        "customer",
        {**body["customer"], "reference": None},
        "show `reference` as null when that is left out",
    )
    check(order, "delivery", PICKUP, "be a pickup without an address when left out")
    check(order, "discount_percent", 0, "be 0 when left out")
    check(order, "labels", WEB, "be web alone when left out")
    (item,) = order["items"]
    quantity = item.get("quantity") if isinstance(item, dict) else None
    assert same_json(quantity, 1), "`quantity` should be 1 when left out"
    body = {**short_order(rng), "delivery": {"method": "pickup"}}
    order = accepted(api, body, "an order for pickup")
    check(order, "delivery", PICKUP, "show `address` as null when that is left out")


def test_what_is_sent_stays(api: httpx.Client, rng: random.Random) -> None:
    """A default does not replace what was sent, be it empty"""
    order = accepted(api, {**short_order(rng), "labels": []}, "an order with no labels")
    check(order, "labels", [], "stay empty when an empty list was sent")
    labels = [some_text(rng, 20) for _ in range(3)]
    labels = [*labels, labels[0]]
    order = accepted(api, {**short_order(rng), "labels": labels}, "an order with labels")
    check(order, "labels", labels, "stay as they were sent")
    order = accepted(api, short_order(rng), "an order without labels")
    check(order, "labels", WEB, "be web alone when left out")


def test_bulk(api: httpx.Client, rng: random.Random) -> None:
    """From 100 pieces in all an order gets the label bulk at the end"""
    items = some_items(rng, 3)
    most = rng.randint(20, 60)
    labels = [some_text(rng, 20) for _ in range(5)]
    for pieces, added in ((99, []), (100, ["bulk"]), (rng.randint(101, 5000), ["bulk"])):
        quantities = (most, 10, pieces - most - 10)
        lines = [{**i, "quantity": q} for i, q in zip(items, quantities, strict=True)]
        for sent in (labels, [], ["bulk", labels[0]]):
            body = {**short_order(rng), "items": lines, "labels": sent}
            order = accepted(api, body, f"an order for {pieces} pieces")
            what = f"be those sent{' and bulk' if added else ''} in an order for {pieces} pieces"
            check(order, "labels", [*sent, *added], what)


def test_nothing_is_shared(api: httpx.Client, rng: random.Random) -> None:
    """The label bulk of one order shows up in no other"""
    before = accepted(api, short_order(rng), "an order without labels")
    large = accepted(api, short_order(rng, rng.randint(100, 999)), "a large order")
    check(large, "labels", [*WEB, "bulk"], "be web and bulk in a large order")
    after = accepted(api, short_order(rng), "an order without labels")
    check(after, "labels", WEB, "be web alone in a small order after a large one")
    larger = accepted(api, short_order(rng, rng.randint(100, 999)), "a second large order")
    check(larger, "labels", [*WEB, "bulk"], "be web and bulk, once, in a second large order")
    for order, labels in ((before, WEB), (after, WEB), (large, [*WEB, "bulk"])):
        shown = order_in(api.get(f"/orders/{order.get('number')}"), "GET of an order")
        check(shown, "labels", labels, "not change when other orders come")
