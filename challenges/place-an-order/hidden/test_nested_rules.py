"""Whether each part of an order keeps to its table, on both sides of every limit."""

import json
import random
from typing import Any

import httpx

from support import accepted, changed, check_refused, some_items, some_order, some_text, text


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
    }
    bad = {
        f"an empty {name}": "",
        f"a {name} of {longest + 1} characters": text(rng, longest + 1),
        f"a {name} that is a number": rng.randint(1, 999),
        f"a {name} that is a list": [some_text(rng, 9)],
    }
    return good, bad


def whole_cases(name: str, lowest: int, highest: int) -> tuple[dict[str, Any], dict[str, Any]]:
    good = {f"`{name}` {value}": value for value in (lowest, highest)}
    bad = {f"`{name}` {value}": value for value in (lowest - 1, highest + 1, lowest + 1.5)}
    return good, {**bad, f"a `{name}` of text": "some", f"`{name}` null": None}


def test_the_customer(api: httpx.Client, rng: random.Random) -> None:
    """A customer has a name, and perhaps a reference"""
    order = some_order(rng)
    good, bad = text_cases(rng, "customer name", 80)
    bad["no customer name (null)"] = None
    check_limits(api, order, "customer.name", (good, bad))
    good, bad = text_cases(rng, "reference", 30)
    good["the reference null"] = None
    check_limits(api, order, "customer.reference", (good, bad))
    for what, value in {"text": some_text(rng, 9), "null": None, "a list": []}.items():
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
        "an empty sku": "",
        "the sku null": None,
        "a sku that is a number": rng.randint(1000, 9999),
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
    check_limits(api, order, "labels.1", text_cases(rng, "label", 20))
    five = [some_text(rng, 20) for _ in range(5)]
    good = {"5 labels": five, "an empty list of labels": []}
    bad = {"6 labels": [*five, text(rng, 3)], "text as labels": text(rng, 4), "labels null": None}
    check_limits(api, order, "labels", (good, bad))


def test_the_delivery(api: httpx.Client, rng: random.Random) -> None:
    """A delivery has a known method, an address has a street and a city"""
    order = some_order(rng)
    check_limits(api, order, "delivery.address.street", text_cases(rng, "street", 80))
    check_limits(api, order, "delivery.address.city", text_cases(rng, "city", 40))
    bad = {"an unknown method": "by " + some_text(rng, 9), "the method null": None}
    check_limits(api, order, "delivery.method", ({"the method courier": "courier"}, bad))
    pickup = {"a pickup": {"method": "pickup"}}
    bad = {"text as delivery": some_text(rng, 9), "delivery null": None}
    check_limits(api, order, "delivery", (pickup, bad))
    text_address = changed(order, "delivery.address", some_text(rng, 9))
    check_refused(api, text_address, "an order with text as address")


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


def test_a_refused_order_leaves_no_trace(api: httpx.Client, rng: random.Random) -> None:
    """A refused order is not kept and uses no number up"""
    first = accepted(api, some_order(rng), "a good order").get("number")
    assert type(first) is int, "an order should have a whole number as `number`"
    check_refused(api, {**some_order(rng), "items": []}, "an order without items")
    check_refused(api, changed(some_order(rng), "items.1.quantity", 0), "an order for 0 pieces")
    status = api.get(f"/orders/{first + 1}").status_code
    assert status == 404, f"after a refused order, GET of the next number answered {status}"
    second = accepted(api, some_order(rng), "a good order").get("number")
    assert second == first + 1, "the order after a refused one should get the next number"
