"""Whether each part of an order keeps to its table, on both sides of every limit."""

import json
import random
from typing import Any

import httpx

from support import (
    accepted,
    changed,
    check_refused,
    some_items,
    some_order,
    some_text,
    text,
)


def check_limits(
    api: httpx.Client,
    order: dict[str, Any],
    path: str,
    cases: tuple[dict[str, Any], dict[str, Any]],
) -> None:
    """Take the first values at this path and refuse the second ones."""
    good, bad = cases
    for what, value in good.items():
        accepted(api, changed(order, path, value), f"an order with {what}")
    for what, value in bad.items():
        check_refused(api, changed(order, path, value), f"an order with {what}")


def text_cases(
    rng: random.Random, name: str, longest: int
) -> tuple[dict[str, Any], dict[str, Any]]:
    good = {
        f"a {name} of 1 character": text(rng, 1),
        f"a {name} of {longest} characters": text(rng, longest),
        f"a {name} that is a space": " ",
        f"a {name} with spaces at its ends": f" {text(rng, longest - 2)} ",
    }
    bad = {
        f"an empty {name}": "",
        f"a {name} of {longest + 1} characters": text(rng, longest + 1),
        f"a {name} of {longest + 1} characters, with spaces": f" {text(rng, longest - 1)} ",
        f"a {name} that is a number": rng.randint(1, 999),
        f"a {name} that is a list": [some_text(rng, 9)],
    }
    return good, bad


def whole_cases(name: str, lowest: int, highest: int) -> tuple[dict[str, Any], dict[str, Any]]:
    good = {f"`{name}` {value}": value for value in (lowest, highest)}
    outside = (lowest - 1, -highest, highest + 1, 10**25, lowest + 1.5)
    bad = {f"`{name}` {value}": value for value in outside}
    others = {"text": "some", "null": None, "a list": [lowest + 1]}
    return good, {**bad, **{f"{what} as `{name}`": value for what, value in others.items()}}


def test_the_customer(api: httpx.Client, rng: random.Random) -> None:
    """A customer has a name, and perhaps a reference"""
    order = some_order(rng)
    good, bad = text_cases(rng, "customer name", 80)
    bad["the customer name null"] = None
    check_limits(api, order, "customer.name", (good, bad))
    good, bad = text_cases(rng, "reference", 30)
    good["the reference null"] = None
    check_limits(api, order, "customer.reference", (good, bad))
    others = {"text": some_text(rng, 9), "null": None, "a list": [], "an empty object": {}}
    for what, value in others.items():
        check_refused(api, {**order, "customer": value}, f"an order with {what} as customer")


def test_quantities(api: httpx.Client, rng: random.Random) -> None:
    """A quantity is a whole number from 1 to 10000, in every item"""
    order = some_order(rng)
    last = len(order["items"]) - 1
    for index in (0, last):
        check_limits(api, order, f"items.{index}.quantity", whole_cases("quantity", 1, 10_000))


def test_skus(api: httpx.Client, rng: random.Random) -> None:
    """A sku is three capital letters, a dash and four digits, in every item"""
    order = some_order(rng)
    sku = order["items"][0]["sku"]
    good = {"sku AAA-0000": "AAA-0000", "sku ZZZ-9999": "ZZZ-9999"}
    bad = {
        "a sku in small letters": sku.lower(),
        "a sku with two letters": sku[1:],
        "a sku with four letters": "X" + sku,
        "a sku with three digits": sku[:-1],
        "a sku with five digits": sku + "0",
        "a sku without a dash": sku.replace("-", ""),
        "a sku with a digit among its letters": "A1" + sku[2:],
        "a sku with a letter among its digits": sku[:-1] + "X",
        "a sku with digits of another script": f"{sku[:4]}٠٠٤٢",
        "a sku with letters of another alphabet": f"ÄΣЖ{sku[3:]}",
        "a sku with an underscore for its dash": sku.replace("-", "_"),
        "a sku with a space before it": " " + sku,
        "a sku with a space after it": sku + " ",
        "an empty sku": "",
        "the sku null": None,
        "a sku that is a number": rng.randint(1000, 9999),
        "a sku that is a list": [sku],
    }
    for index in (1, len(order["items"]) - 1):
        check_limits(api, order, f"items.{index}.sku", (good, bad))


def test_how_many_items(api: httpx.Client, rng: random.Random) -> None:
    """An order has 1 to 50 items"""
    order = some_order(rng)
    good = {"1 item": some_items(rng, 1), "50 items": some_items(rng, 50)}
    bad = {
        "no items": [],
        "51 items": some_items(rng, 51),
        "an item that is text": [*some_items(rng, 1), some_text(rng, 9)],
        "an item that is null": [None, *some_items(rng, 1)],
        "an object as items": some_items(rng, 1)[0],
        "null as items": None,
    }
    check_limits(api, order, "items", (good, bad))


def test_discounts_and_labels(api: httpx.Client, rng: random.Random) -> None:
    """The discount is 0 to 40 percent, labels are at most 5 texts of 1 to 20 characters"""
    order = some_order(rng)
    check_limits(api, order, "discount_percent", whole_cases("discount_percent", 0, 40))
    texts, bad = text_cases(rng, "label", 20)
    check_limits(api, order, "labels.1", (texts, {**bad, "the label null": None}))
    five = [some_text(rng, 20) for _ in range(5)]
    good = {"5 labels": five, "an empty list of labels": []}
    wrong = {"6 labels": [*five, text(rng, 3)], "an object as labels": {}}
    wrong |= {"text as labels": text(rng, 4), "labels null": None}
    check_limits(api, order, "labels", (good, wrong))


def test_the_delivery(api: httpx.Client, rng: random.Random) -> None:
    """A delivery has a known method, an address has a street and a city"""
    order = some_order(rng)
    for name, longest in (("street", 80), ("city", 40)):
        good, bad = text_cases(rng, name, longest)
        bad[f"the {name} null"] = None
        check_limits(api, order, f"delivery.address.{name}", (good, bad))
    bad = {"an unknown method": "by " + some_text(rng, 9), "the method null": None}
    bad |= {"an empty method": "", "the method COURIER": "COURIER", "a list as method": ["courier"]}
    check_limits(api, order, "delivery.method", ({"the method courier": "courier"}, bad))
    pickup = {"a pickup": {"method": "pickup"}}
    bad = {"text as delivery": some_text(rng, 9), "delivery null": None, "an empty delivery": {}}
    check_limits(api, order, "delivery", (pickup, bad))
    for what, value in {"text": some_text(rng, 9), "an empty object": {}, "a list": []}.items():
        for method in ("courier", "pickup"):
            delivery = {"method": method, "address": value}
            check_refused(
                api, {**order, "delivery": delivery}, f"a {method} with {what} as address"
            )


def test_missing_parts(api: httpx.Client, rng: random.Random) -> None:
    """What has to be there is missed at every depth"""
    order = some_order(rng)
    accepted(api, order, "an order with every field")
    required = ["customer", "items", "customer.name", "items.2.sku", "items.0.unit_price"]
    required += ["delivery.method", "delivery.address.street", "delivery.address.city"]
    for path in required:
        copy = json.loads(json.dumps(order))
        place = copy
        *way, last = path.split(".")
        for step in way:
            place = place[int(step)] if step.isdigit() else place[step]
        del place[last]
        check_refused(api, copy, f"an order without {path}")


def check_no_trace(api: httpx.Client, rng: random.Random, body: dict[str, Any], what: str) -> None:
    """Once this order is refused, the number after the last one is still free."""
    last = accepted(api, some_order(rng), "a good order").get("number")
    assert type(last) is int, "an order should have a whole number as `number`"
    if api.post("/orders", json=body).status_code != 422:
        return  # whether it is refused at all is another requirement
    status = api.get(f"/orders/{last + 1}").status_code
    assert status == 404, f"after {what} was refused, GET of the next number answered {status}"
    found = accepted(api, some_order(rng), "a good order").get("number")
    assert found == last + 1, f"{what} was refused, but it used a number up"


def test_a_refused_order_leaves_no_trace(api: httpx.Client, rng: random.Random) -> None:
    """A refused order is not kept and uses no number up, whatever it is refused for"""
    order = some_order(rng)
    bodies = {
        "an order without items": {**order, "items": []},
        "an order for 0 pieces": changed(order, "items.1.quantity", 0),
        "a courier without an address": {**order, "delivery": {"method": "courier"}},
        "a pickup with an address": changed(order, "delivery.method", "pickup"),
        "an order with a sku twice": {**order, "items": [order["items"][0]] * 2},
        "an order with an unknown field": {**order, f"{some_text(rng, 8)}_x": some_text(rng, 9)},
    }
    check_refused(api, bodies["an order without items"], "an order without items")
    for what, body in bodies.items():
        check_no_trace(api, rng, body, what)
