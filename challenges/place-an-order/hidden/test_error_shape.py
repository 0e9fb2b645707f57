"""Whether a refusal names every field that is wrong, and no other."""

import json
import random
from typing import Any

import httpx

from support import accepted, changed, some_items, some_order, some_text, text


def without(order: dict[str, Any], path: str) -> dict[str, Any]:
    """A copy of the order that lacks the field at this path."""
    parent, _, last = path.rpartition(".")
    place: Any = order
    for step in parent.split(".") if parent else []:
        place = place[int(step)] if step.isdigit() else place[step]
    rest = {name: value for name, value in place.items() if name != last}
    return changed(order, parent, rest) if parent else rest


def errors_in(answer: httpx.Response) -> set[str]:
    """The fields that a refusal names, once its shape is sure."""
    body = answer.json()
    errors = body.get("errors") if isinstance(body, dict) else None
    shaped = isinstance(errors, list) and errors and all(isinstance(e, dict) for e in errors)
    assert shaped, "a 422 should be a JSON object whose `errors` is a list of objects"
    for error in errors or []:
        named = isinstance(error.get("field"), str)
        assert named, "every entry of `errors` should have a text as `field`"
        message = error.get("message")
        said = isinstance(message, str) and message.strip()
        assert said, "every entry of `errors` should have a `message` that is not empty"
    return {error["field"] for error in errors or []}


def refused(api: httpx.Client, body: dict[str, Any], what: str) -> set[str]:
    answer = api.post("/orders", json=body)
    status = answer.status_code
    assert status == 422, f"{what} should be refused with 422, the answer was {status}"
    return errors_in(answer)


def check_names(
    found: set[str], expected: set[str], what: str, also: frozenset[str] = frozenset()
) -> None:
    """All that is expected is named, and beside it only what may be."""
    missing = ", ".join(sorted(expected - found))
    assert not missing, f"{what}: `errors` should have an entry with `field` {missing}"
    surplus = len(found - expected - also)
    assert not surplus, f"{what}: `errors` names {surplus} field(s) that are not wrong"


def test_one_mistake(api: httpx.Client, rng: random.Random) -> None:
    """One wrong field is named by its path, alone"""
    order = some_order(rng)
    accepted(api, order, "a good order")
    last = len(order["items"]) - 1
    mistakes = (
        ("customer.name", rng.randint(1, 99)),
        ("customer.reference", text(rng, 31)),
        ("customer", some_text(rng, 9)),
        ("customer", None),
        ("items", some_text(rng, 9)),
        ("items", []),
        ("items", some_items(rng, 51)),
        (f"items.{last}.quantity", some_text(rng, 5)),
        ("items.1.sku", some_text(rng, 5)),
        ("items.0.unit_price", f"{rng.randint(1, 99)},50"),
        ("items.1.unit_price", "0.00"),
        ("items.2", rng.randint(1, 99)),
        ("delivery", some_text(rng, 9)),
        ("delivery.address", some_text(rng, 9)),
        ("delivery.address.city", rng.randint(1, 99)),
        ("delivery.address.street", ""),
        ("delivery.method", "by " + some_text(rng, 9)),
        ("discount_percent", rng.randint(400, 999)),
        ("discount_percent", -rng.randint(1, 99)),
        ("labels", [some_text(rng, 20) for _ in range(rng.randint(6, 9))]),
        ("labels.1", [some_text(rng, 5)]),
    )
    for path, value in mistakes:
        what = f"an order with a mistake at {path}"
        check_names(refused(api, changed(order, path, value), what), {path}, what)


def test_a_missing_field(api: httpx.Client, rng: random.Random) -> None:
    """A missing field is named by the path where it should be"""
    order = some_order(rng)
    accepted(api, order, "a good order")
    required = ["customer", "items", "customer.name", "items.1.sku", "items.0.unit_price"]
    required += ["delivery.method", "delivery.address.street", "delivery.address.city"]
    for path in required:
        what = f"an order without {path}"
        check_names(refused(api, without(order, path), what), {path}, what)


def test_several_mistakes(api: httpx.Client, rng: random.Random) -> None:
    """Several wrong fields are all named"""
    order = some_order(rng)
    accepted(api, order, "a good order")
    wrong: dict[str, Any] = {
        "customer.name": [some_text(rng, 5)],
        "items.0.quantity": -rng.randint(1, 99),
        "items.2.unit_price": some_text(rng, 5),
        "items.2.sku": some_text(rng, 5),
        "delivery.address.street": rng.randint(1, 99),
        "discount_percent": some_text(rng, 5),
        "labels.0": "",
    }
    body = order
    for path, value in wrong.items():
        body = changed(body, path, value)
    what = "an order with seven mistakes"
    check_names(refused(api, body, what), set(wrong), what)
    two = without(without(order, "customer.name"), "items")
    what = "an order that lacks two fields"
    check_names(refused(api, two, what), {"customer.name", "items"}, what)
    bare = without(without(order, "items.0.sku"), "items.2.sku")
    what = "an order with two items that lack a sku"
    check_names(refused(api, bare, what), {"items.0.sku", "items.2.sku"}, what)


def test_rules_across_fields(api: httpx.Client, rng: random.Random) -> None:
    """A refusal for a rule across fields names `delivery` or `items`"""
    order = some_order(rng)
    what = "an order with a mistake in discount_percent"
    check_names(refused(api, {**order, "discount_percent": 99}, what), {"discount_percent"}, what)
    address = order["delivery"]["address"]
    cases = (
        ("delivery", {"method": "courier"}, "a courier without an address"),
        ("delivery", {"method": "pickup", "address": address}, "a pickup with an address"),
        ("items", [order["items"][0]] * 2, "an order with a sku twice"),
    )
    for field, value, what in cases:
        answer = api.post("/orders", json={**order, field: value})
        if answer.status_code == 422:  # whether it is refused at all is another requirement
            check_names(errors_in(answer), {field}, what)


def test_beside_rules_across_fields(api: httpx.Client, rng: random.Random) -> None:
    """A broken rule across fields hides no other mistake"""
    order = some_order(rng)
    address = without(order, "delivery.address.city")["delivery"]["address"]
    no_address, twice = {"method": "courier"}, [order["items"][0]] * 2
    percent = {**order, "discount_percent": rng.randint(41, 99)}
    cases = (
        ({**percent, "delivery": no_address}, "discount_percent", "delivery"),
        ({**percent, "items": twice}, "discount_percent", "items"),
        (
            {**order, "delivery": {"method": "pickup", "address": address}},
            "delivery.address.city",
            "delivery",
        ),
    )
    for body, field, also in cases:
        what = f"an order with a mistake at {field} and one at {also}"
        check_names(refused(api, body, what), {field}, what, frozenset({also}))


def test_unknown_fields(api: httpx.Client, rng: random.Random) -> None:
    """A refusal for an unknown field names its path"""
    order = some_order(rng)
    what = "an order with a mistake in discount_percent"
    check_names(refused(api, {**order, "discount_percent": 99}, what), {"discount_percent"}, what)
    name = f"{some_text(rng, 8)}_x"
    paths = [name, f"customer.{name}", f"items.1.{name}", f"delivery.{name}"]
    paths += [f"delivery.address.{name}", "body", "customer.body", "items.0.body"]
    wrong = {"customer.name": [], "items.1.quantity": 0, "delivery.address.city": ""}
    wrong["discount_percent"] = rng.randint(41, 99)
    for path in paths:
        body = changed(order, path, some_text(rng, 9))
        answer = api.post("/orders", json=body)
        if answer.status_code == 422:  # whether it is refused at all is another requirement
            check_names(errors_in(answer), {path}, "an order with an unknown field")
            for other, value in wrong.items():
                body = changed(body, other, value)
            what = "an order with an unknown field and four mistakes"
            check_names(refused(api, body, what), {path, *wrong}, what)


def test_no_json_object(api: httpx.Client, rng: random.Random) -> None:
    """A body that is no JSON, or no JSON object, is a 422 of the same shape"""
    accepted(api, some_order(rng), "a good order")
    bodies = {
        "no JSON": '{"customer": {"name": "' + some_text(rng, 9),
        "a JSON list": json.dumps([some_order(rng)]),
        "a JSON text": json.dumps(some_text(rng, 9)),
        "a JSON number": str(rng.randint(1, 99)),
        "null": "null",
        "empty": "",
    }
    for what, body in bodies.items():
        answer = api.post(
            "/orders", content=body.encode(), headers={"Content-Type": "application/json"}
        )
        status = answer.status_code
        assert status == 422, f"a body that is {what} should answer 422, it answered {status}"
        errors_in(answer)
