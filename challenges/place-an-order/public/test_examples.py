"""The examples of the statement: Run checks these, and you see all of them."""

from typing import Any

import httpx

BOLTS = {"sku": "BLT-0042", "quantity": 3, "unit_price": "0.35"}


def order(**changes: Any) -> dict[str, Any]:
    return {"customer": {"name": "Ada"}, "items": [BOLTS], **changes}


def placed(api: httpx.Client, body: dict[str, Any]) -> Any:
    answer = api.post("/orders", json=body)
    found = answer.status_code
    assert found == 201, f"a good order should answer 201, got {found}: {answer.text[:200]}"
    return answer.json()


def fields_refused(api: httpx.Client, body: dict[str, Any]) -> list[str]:
    """The fields that a 422 names, sorted."""
    answer = api.post("/orders", json=body)
    found = answer.status_code
    assert found == 422, f"expected status 422, got {found}: {answer.text[:200]}"
    problem = answer.json()
    errors = problem.get("errors") if isinstance(problem, dict) else None
    shaped = isinstance(errors, list) and all(isinstance(error, dict) for error in errors)
    assert shaped, f"expected a list of objects as `errors`, got {answer.text[:200]}"
    return sorted(str(error.get("field")) for error in errors or [])


def test_place_an_order(api: httpx.Client) -> None:
    """POST /orders answers with the order, its number and its sums"""
    expected = {
        "number": 1,
        "customer": {"name": "Ada", "reference": None},
        "items": [{**BOLTS, "line_total": "1.05"}],
        "delivery": {"method": "pickup", "address": None},
        "discount_percent": 10,
        "labels": ["web"],
        "subtotal": "1.05",
        "discount": "0.11",
        "total": "0.94",
    }
    found = placed(api, order(discount_percent=10))
    assert found == expected, f"expected {expected}, got {found}"


def test_show_an_order(api: httpx.Client) -> None:
    """GET /orders/1 shows the first order, GET /orders/2 is a 404"""
    first = placed(api, order())
    answer = api.get("/orders/1")
    assert answer.status_code == 200, f"GET /orders/1 answered {answer.status_code}"
    assert answer.json() == first, f"expected {first}, got {answer.text[:200]}"
    status = api.get("/orders/2").status_code
    assert status == 404, f"GET /orders/2 should answer 404, it answered {status}"


def test_two_mistakes(api: httpx.Client) -> None:
    """An order with two mistakes answers 422 and names both"""
    body = order(items=[{**BOLTS, "quantity": 0}], discount_percent=50)
    found = fields_refused(api, body)
    expected = ["discount_percent", "items.0.quantity"]
    assert found == expected, f"expected `field` {expected}, got {found}"


def test_a_courier_without_an_address(api: httpx.Client) -> None:
    """A courier without an address answers 422 and names the delivery"""
    found = fields_refused(api, order(delivery={"method": "courier"}))
    assert found == ["delivery"], f"expected `field` delivery, got {found}"


def test_an_unknown_field(api: httpx.Client) -> None:
    """An unknown field answers 422 and is named"""
    found = fields_refused(api, order(colour="red"))
    assert found == ["colour"], f"expected `field` colour, got {found}"


def test_a_large_order(api: httpx.Client) -> None:
    """An order for 100 pieces gets the label bulk"""
    labels = placed(api, order(items=[{**BOLTS, "quantity": 100}])).get("labels")
    assert labels == ["web", "bulk"], f"expected the labels web and bulk, got {labels}"
