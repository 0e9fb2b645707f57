"""Has one set of known fields for all parts."""

import json
import re
from fractions import Fraction
from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse

app = FastAPI(title="Order desk")
orders: list[dict[str, Any]] = []


KNOWN = {
    *("customer", "items", "delivery", "discount_percent", "labels", "name", "reference"),
    *("sku", "quantity", "unit_price", "method", "address", "street", "city"),
}


class Checker:
    """Collects what is wrong with one body."""

    def __init__(self) -> None:
        self.errors: list[dict[str, str]] = []

    def wrong(self, path: str, message: str) -> None:
        self.errors.append({"field": path, "message": message})

    def object(self, value: Any, path: str, required: set[str], optional: set[str]) -> dict:
        if not isinstance(value, dict):
            self.wrong(path, "expected an object")
            return {}
        prefix = f"{path}." if path else ""
        for name in sorted(required - set(value)):
            self.wrong(prefix + name, "is missing")
        for name in sorted(set(value) - KNOWN):
            self.wrong(prefix + name, "is not a field of ours")
        return value

    def text(self, parent: dict, name: str, path: str, longest: int) -> None:
        value = parent.get(name, "x")
        if not isinstance(value, str) or not 1 <= len(value) <= longest:
            self.wrong(path, f"expected text of 1 to {longest} characters")

    def whole(self, parent: dict, name: str, path: str, low: int, high: int) -> None:
        value = parent.get(name, low)
        if type(value) is not int or not low <= value <= high:
            self.wrong(path, f"expected a whole number from {low} to {high}")

    def match(self, parent: dict, name: str, path: str, pattern: str) -> None:
        value = parent.get(name)
        if name in parent and not (isinstance(value, str) and re.fullmatch(pattern, value)):
            self.wrong(path, "is not written as it should be")

    def item(self, value: Any, path: str) -> None:
        item = self.object(value, path, {"sku", "unit_price"}, {"quantity"})
        self.match(item, "sku", f"{path}.sku", r"[A-Z]{3}-[0-9]{4}")
        self.whole(item, "quantity", f"{path}.quantity", 1, 10_000)
        money = r"(?!0+\.00)[0-9]{1,9}\.[0-9]{2}"
        self.match(item, "unit_price", f"{path}.unit_price", money)

    def delivery(self, value: Any) -> None:
        delivery = self.object(value, "delivery", {"method"}, {"address"})
        address = delivery.get("address")
        if address is not None:
            path = "delivery.address"
            address = self.object(address, path, {"street", "city"}, set())
            self.text(address, "street", f"{path}.street", 80)
            self.text(address, "city", f"{path}.city", 40)
        self.match(delivery, "method", "delivery.method", "pickup|courier")
        fits = {"pickup": address is None, "courier": address is not None}
        method = delivery.get("method")
        if isinstance(method, str) and not fits.get(method, True):
            self.wrong("delivery", "a courier needs an address, a pickup must not have one")

    def order(self, value: Any) -> None:
        optional = {"delivery", "discount_percent", "labels"}
        order = self.object(value, "", {"customer", "items"}, optional)
        if "customer" in order:
            customer = self.object(order["customer"], "customer", {"name"}, {"reference"})
            self.text(customer, "name", "customer.name", 80)
            if customer.get("reference") is not None:
                self.text(customer, "reference", "customer.reference", 30)
        if "delivery" in order:
            self.delivery(order["delivery"])
        self.whole(order, "discount_percent", "discount_percent", 0, 40)
        labels = order.get("labels", [])
        if not isinstance(labels, list) or len(labels) > 5:
            self.wrong("labels", "expected a list of at most 5 texts")
        else:
            for index, label in enumerate(labels):
                self.text({"label": label}, "label", f"labels.{index}", 20)
        if "items" in order:
            self.lines(order["items"])

    def lines(self, items: Any) -> None:
        if not isinstance(items, list) or not 1 <= len(items) <= 50:
            self.wrong("items", "expected a list of 1 to 50 items")
            return
        for index, item in enumerate(items):
            self.item(item, f"items.{index}")
        skus = [item.get("sku") for item in items if isinstance(item, dict)]
        if any(skus.count(sku) > 1 for sku in skus if sku is not None):
            self.wrong("items", "a sku may appear only once")


def money(cents: Fraction | int) -> str:
    return f"{cents // 1 // 100}.{cents // 1 % 100:02d}"


def filled(order: dict[str, Any]) -> dict[str, Any]:
    """The order as it is kept; nothing in it belongs to anybody else."""
    lines, subtotal = [], 0
    for item in order["items"]:
        quantity = item.get("quantity", 1)
        amount = quantity * int(item["unit_price"].replace(".", ""))
        subtotal += amount
        lines.append({**item, "quantity": quantity, "line_total": money(amount)})
    percent = order.get("discount_percent", 0)
    discount = (Fraction(subtotal * percent, 100) + Fraction(1, 2)) // 1
    labels = list(order.get("labels", ["web"]))
    if sum(line["quantity"] for line in lines) >= 100:
        labels.append("bulk")
    return {
        "number": len(orders) + 1,
        "customer": {"reference": None, **order["customer"]},
        "items": lines,
        "delivery": {"address": None, **order.get("delivery", {"method": "pickup"})},
        "discount_percent": percent,
        "labels": labels,
        "subtotal": money(subtotal),
        "discount": money(discount),
        "total": money(subtotal - discount),
    }


@app.post("/orders")
async def place(request: Request) -> JSONResponse:
    checker = Checker()
    try:
        body = json.loads(await request.body())
    except ValueError:
        checker.wrong("", "this is not JSON")
    else:
        checker.order(body)
    if checker.errors:
        return JSONResponse({"errors": checker.errors}, 422)
    orders.append(filled(body))
    return JSONResponse(orders[-1], 201)


@app.get("/orders/{number}")
async def show(number: int) -> JSONResponse:
    found = next((order for order in orders if order["number"] == number), None)
    if found is None:
        return JSONResponse({"detail": "There is no such order"}, 404)
    return JSONResponse(found)
