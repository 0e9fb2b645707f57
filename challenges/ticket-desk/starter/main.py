"""The ticket desk: start here."""

from typing import Any

from fastapi import FastAPI

app = FastAPI(title="Ticket desk")

tickets: dict[int, dict[str, Any]] = {}


@app.get("/tickets/{ticket_id}")
async def show(ticket_id: int) -> dict[str, Any]:
    return tickets[ticket_id]
