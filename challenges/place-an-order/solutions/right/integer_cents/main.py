"""The order desk in whole cents: a tagged union for deliveries, sync handlers, a router."""

import re
from threading import Lock
from typing import Annotated, Any, Literal

from fastapi import APIRouter, FastAPI, HTTPException
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import AfterValidator, BaseModel, Discriminator, Field, PlainSerializer, StrictStr


def to_cents(text: str) -> int:
    found = re.fullmatch(r"([0-9]{1,9})\.([0-9]{2})", text)
    if not found or not (cents := int(found[1] + found[2])):
        raise ValueError("money is above zero and looks like 12.50")
    return cents


def as_money(cents: int) -> str:
    return f"{cents // 100}.{cents % 100:02d}"


def no_sku_twice(items: list[Any]) -> list[Any]:
    skus = [item.sku for item in items]
    if len(skus) != len(set(skus)):
        raise ValueError("a sku may appear only once")
    return items


Cents = Annotated[StrictStr, AfterValidator(to_cents), PlainSerializer(as_money)]


class Customer(BaseModel, extra="forbid"):
    name: Annotated[str, Field(min_length=1, max_length=80)]
    reference: Annotated[str, Field(min_length=1, max_length=30)] | None = None


class Item(BaseModel, extra="forbid"):
    sku: Annotated[str, Field(pattern="^[A-Z]{3}-[0-9]{4}$")]
    quantity: Annotated[int, Field(gt=0, le=10_000)] = 1
    unit_price: Cents


class Address(BaseModel, extra="forbid"):
    street: Annotated[str, Field(min_length=1, max_length=80)]
    city: Annotated[str, Field(min_length=1, max_length=40)]


class Pickup(BaseModel, extra="forbid"):
    method: Literal["pickup"] = "pickup"
    address: Address | None = None


class Courier(BaseModel, extra="forbid"):
    method: Literal["courier"]
    address: Address | None = None


def address_fits(delivery: Pickup | Courier) -> Pickup | Courier:
    if isinstance(delivery, Courier) and delivery.address is None:
        raise ValueError("a courier needs an address")
    if isinstance(delivery, Pickup) and delivery.address is not None:
        raise ValueError("a pickup has no address")
    return delivery


Delivery = Annotated[Pickup | Courier, Discriminator("method")]


class Order(BaseModel, extra="forbid"):
    customer: Customer
    items: Annotated[list[Item], Field(min_length=1, max_length=50), AfterValidator(no_sku_twice)]
    delivery: Annotated[Delivery, AfterValidator(address_fits)] = Field(default_factory=Pickup)
    discount_percent: Annotated[int, Field(ge=0, le=40)] = 0
    labels: Annotated[
        list[Annotated[str, Field(min_length=1, max_length=20)]], Field(max_length=5)
    ] = Field(default_factory=lambda: ["web"])


router = APIRouter(prefix="/orders")
orders: dict[int, dict[str, Any]] = {}
one_at_a_time = Lock()


def path_of(error: dict[str, Any]) -> str:
    steps = list(error["loc"][1:])
    if len(steps) > 1 and steps[0] == "delivery":
        del steps[1]  # which member of the union was tried: not a part of the JSON
    if error["type"].startswith("union_tag"):
        steps.append("method")
    return ".".join(map(str, steps))


@router.post("", status_code=201)
def place(order: Order) -> dict[str, Any]:
    cents = [item.quantity * int(item.unit_price) for item in order.items]
    shown = order.model_dump(warnings=False)
    for line, amount in zip(shown["items"], cents, strict=True):
        line["line_total"] = as_money(amount)
    if sum(item.quantity for item in order.items) >= 100:
        shown["labels"].append("bulk")
    subtotal = sum(cents)
    discount = (subtotal * order.discount_percent + 50) // 100
    shown["subtotal"] = as_money(subtotal)
    shown["discount"] = as_money(discount)
    shown["total"] = as_money(subtotal - discount)
    with one_at_a_time:
        shown["number"] = len(orders) + 1
        orders[shown["number"]] = shown
    return shown


@router.get("/{number}")
def show(number: int) -> dict[str, Any]:
    try:
        return orders[number]
    except KeyError:
        raise HTTPException(404) from None


app = FastAPI(title="Order desk")
app.include_router(router)


@app.exception_handler(RequestValidationError)
def explain(_: Any, exc: RequestValidationError) -> JSONResponse:
    entries = [{"field": path_of(error), "message": error["msg"]} for error in exc.errors()]
    return JSONResponse({"errors": entries}, 422)
