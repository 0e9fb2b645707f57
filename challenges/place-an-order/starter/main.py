"""The order desk: start here."""

from typing import Any

from fastapi import FastAPI
from pydantic import BaseModel

app = FastAPI(title="Order desk")

orders: list[dict[str, Any]] = []


class Order(BaseModel):
    customer: dict[str, Any]
    items: list[dict[str, Any]]


@app.post("/orders")
async def place(order: Order) -> Order:
    return order
