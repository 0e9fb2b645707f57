"""The ticket desk on an SQLite database in memory, opened and closed by the lifespan."""

import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from enum import StrEnum
from typing import Any

from fastapi import FastAPI, HTTPException, Query, status
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, Field, field_validator

TABLE = """
CREATE TABLE ticket (
    id INTEGER PRIMARY KEY AUTOINCREMENT,  -- AUTOINCREMENT: an id is never used again
    title TEXT NOT NULL,
    priority TEXT NOT NULL,
    assignee TEXT,
    done INTEGER NOT NULL
)
"""


class Priority(StrEnum):
    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"


class Change(BaseModel):
    title: str | None = Field(None, min_length=1, max_length=80)
    priority: Priority | None = None
    assignee: str | None = Field(None, min_length=1, max_length=40)
    done: bool | None = None

    @field_validator("title", "priority", "done")
    @classmethod
    def is_never_null(cls, value: Any) -> Any:
        # Runs only for fields that were sent: defaults are not validated.
        if value is None:
            raise ValueError("null is not allowed here")
        return value


class NewTicket(BaseModel):
    title: str = Field(min_length=1, max_length=80)
    priority: Priority = Priority.NORMAL
    assignee: str | None = Field(None, min_length=1, max_length=40)
    done: bool = False


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    app.state.db = sqlite3.connect(":memory:", isolation_level=None)
    app.state.db.row_factory = sqlite3.Row
    app.state.db.execute(TABLE)
    yield
    app.state.db.close()


app = FastAPI(lifespan=lifespan)


def shown(row: sqlite3.Row) -> dict[str, Any]:
    return {**dict(row), "done": bool(row["done"])}


def find(ticket_id: int) -> dict[str, Any]:
    row = app.state.db.execute("SELECT * FROM ticket WHERE id = ?", (ticket_id,)).fetchone()
    if row is None:
        raise HTTPException(status.HTTP_404_NOT_FOUND)
    return shown(row)


def store(ticket: dict[str, Any]) -> dict[str, Any]:
    app.state.db.execute(
        "UPDATE ticket SET title = :title, priority = :priority, assignee = :assignee, "
        "done = :done WHERE id = :id",
        ticket,
    )
    return find(ticket["id"])


@app.post("/tickets")
async def post_ticket(new: NewTicket) -> JSONResponse:
    cursor = app.state.db.execute(
        "INSERT INTO ticket (title, priority, assignee, done) "
        "VALUES (:title, :priority, :assignee, :done)",
        new.model_dump(mode="json"),
    )
    ticket = find(cursor.lastrowid)
    return JSONResponse(ticket, 201, {"Location": f"/tickets/{ticket['id']}"})


@app.get("/tickets")
async def get_tickets(done: bool | None = None, limit: int = Query(10, ge=1, le=50)):
    rows = app.state.db.execute(
        "SELECT * FROM ticket WHERE :done IS NULL OR done = :done ORDER BY id DESC LIMIT :limit",
        {"done": done, "limit": limit},
    )
    return [shown(row) for row in rows]


@app.get("/tickets/{ticket_id}")
async def get_ticket(ticket_id: int):
    return find(ticket_id)


@app.put("/tickets/{ticket_id}")
async def put_ticket(ticket_id: int, new: NewTicket):
    return store({**find(ticket_id), **new.model_dump(mode="json")})


@app.patch("/tickets/{ticket_id}")
async def patch_ticket(ticket_id: int, change: Change):
    sent = change.model_dump(mode="json", include=change.model_fields_set)
    return store({**find(ticket_id), **sent})


@app.delete("/tickets/{ticket_id}")
async def delete_ticket(ticket_id: int) -> Response:
    app.state.db.execute("DELETE FROM ticket WHERE id = ?", (ticket_id,))
    return Response(status_code=204)
