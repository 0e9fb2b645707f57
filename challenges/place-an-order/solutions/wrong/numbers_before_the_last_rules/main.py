"""Takes a number once the fields are right, then looks at the rules across them."""

import re
from decimal import ROUND_HALF_UP, Decimal
from itertools import count
from typing import Annotated, Literal

from fastapi import FastAPI, HTTPException, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    computed_field,
)


def as_written(value: object) -> object:
    if not isinstance(value, str) or not re.fullmatch(r"[0-9]{1,9}\.[0-9]{2}", value):
        raise ValueError("money is text with two decimals, such as '12.50'")
    return value


Money = Annotated[Decimal, BeforeValidator(as_written), Field(gt=0)]
Label = Annotated[str, Field(min_length=1, max_length=20)]


class Part(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Customer(Part):
    name: str = Field(min_length=1, max_length=80)
    reference: str | None = Field(default=None, min_length=1, max_length=30)


class Item(Part):
    sku: str = Field(pattern=r"^[A-Z]{3}-[0-9]{4}$")
    quantity: int = Field(default=1, ge=1, le=10_000)
    unit_price: Money

    @computed_field
    @property
    def line_total(self) -> Decimal:
        return self.quantity * self.unit_price


class Address(Part):
    street: str = Field(min_length=1, max_length=80)
    city: str = Field(min_length=1, max_length=40)


class Delivery(Part):
    method: Literal["pickup", "courier"]
    address: Address | None = None


class Order(Part):
    customer: Customer
    items: list[Item] = Field(min_length=1, max_length=50)
    delivery: Delivery = Delivery(method="pickup")
    discount_percent: int = Field(default=0, ge=0, le=40)
    labels: list[Label] = Field(default=["web"], max_length=5)


class PlacedOrder(Order):
    number: int

    @computed_field
    @property
    def subtotal(self) -> Decimal:
        return sum((item.line_total for item in self.items), Decimal())

    @computed_field
    @property
    def discount(self) -> Decimal:
        exact = self.subtotal * self.discount_percent / 100
        return exact.quantize(Decimal("0.01"), ROUND_HALF_UP)

    @computed_field
    @property
    def total(self) -> Decimal:
        return self.subtotal - self.discount


app = FastAPI(title="Order desk")
orders: dict[int, PlacedOrder] = {}
numbers = count(1)


@app.exception_handler(RequestValidationError)
async def say_what_is_wrong(request: Request, exc: RequestValidationError) -> JSONResponse:
    # Every loc begins with "body"; the rest is the path in what was sent.
    errors = [
        {"field": ".".join(str(step) for step in error["loc"][1:]), "message": error["msg"]}
        for error in exc.errors()
    ]
    return JSONResponse({"errors": errors}, status_code=422)


def check_across(order: Order) -> None:
    wrong = []
    if (order.delivery.method == "courier") != (order.delivery.address is not None):
        wrong.append({"loc": ("body", "delivery"), "msg": "a courier needs an address"})
    if len({item.sku for item in order.items}) < len(order.items):
        wrong.append({"loc": ("body", "items"), "msg": "a sku may appear only once"})
    if wrong:
        raise RequestValidationError(wrong)


@app.post("/orders", status_code=201)
async def place(order: Order) -> PlacedOrder:
    placed = PlacedOrder(number=next(numbers), **dict(order))
    check_across(order)
    if sum(item.quantity for item in placed.items) >= 100:
        placed.labels.append("bulk")
    orders[placed.number] = placed
    return placed


@app.get("/orders/{number}")
async def show(number: int) -> PlacedOrder:
    if number not in orders:
        raise HTTPException(404, "There is no such order")
    return orders[number]
