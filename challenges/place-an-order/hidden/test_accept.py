"""Whether a good order is numbered, kept and shown whole, apart from its money."""

import random
from typing import Any

import httpx

from graders.at_once import AtOnce

from support import order_in, same_json, some_order, some_text

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


def test_spaces(api: httpx.Client, rng: random.Random) -> None:
    """Texts come back with the spaces that they were sent with"""
    body = some_order(rng)
    body["customer"] = {"name": f" {some_text(rng, 70)}", "reference": f"{some_text(rng, 20)}  "}
    body["delivery"]["address"] = {"street": f" {some_text(rng, 70)} ", "city": " "}
    body["labels"] = [f"{some_text(rng, 8)}  {some_text(rng, 8)} ", " "]
    check_as_sent(created(api, body), body)


def test_a_pickup(api: httpx.Client, rng: random.Random) -> None:
    """An order for pickup comes back with a null address"""
    body = {**some_order(rng), "delivery": {"method": "pickup", "address": None}}
    check_as_sent(created(api, body), body)


def test_numbers(api: httpx.Client, rng: random.Random) -> None:
    """Orders are numbered 1, 2, 3"""
    numbers = [created(api, some_order(rng)).get("number") for _ in range(3)]
    assert same_json(numbers, [1, 2, 3]), "the first three orders should have number 1, 2 and 3"


def check_absent(api: httpx.Client, number: int) -> None:
    status = api.get(f"/orders/{number}").status_code
    assert status == 404, f"GET of a number that is not there answered {status}, not 404"


def test_showing_orders(api: httpx.Client, rng: random.Random) -> None:
    """GET shows each order as it was at POST, and 404 for other numbers"""
    check_absent(api, 1)
    placed = [created(api, some_order(rng)) for _ in range(3)]
    for order in rng.sample(placed, 3):
        answer = api.get(f"/orders/{order.get('number')}")
        status = answer.status_code
        assert status == 200, f"GET of an order should answer 200, it answered {status}"
        same = same_json(answer.json(), order)
        assert same, "GET should show the order exactly as POST answered it"
    for number in (4, 0, -1, -2, -3, -4, rng.randint(10**6, 10**9)):
        check_absent(api, number)


def test_orders_that_come_together(api: httpx.Client, at_once: AtOnce, rng: random.Random) -> None:
    """Orders that come at the same time have numbers of their own, and none is lost"""
    bodies = [some_order(rng) for _ in range(12)]
    answers = at_once(api.build_request("POST", "/orders", json=body) for body in bodies)
    orders = [order_in(answer, "a good order") for answer in answers]
    numbers = sorted(str(order.get("number")) for order in orders)
    expected = sorted(str(number) for number in range(1, 13))
    assert numbers == expected, "twelve orders that come together should be numbered 1 to 12"
    for body, order in zip(bodies, orders, strict=True):
        check_as_sent(order, body)
        shown = order_in(api.get(f"/orders/{order['number']}"), "GET of an order")
        same = same_json(shown, order)
        assert same, "GET should show each of the orders that came together as POST answered it"
