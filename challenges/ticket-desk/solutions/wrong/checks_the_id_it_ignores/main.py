"""Has the id in the model of the body, where it has to be a number."""

from itertools import count
from typing import Annotated, Literal

from fastapi import FastAPI, HTTPException, Query, Response
from pydantic import BaseModel, Field

Title = Annotated[str, Field(min_length=1, max_length=80)]
Assignee = Annotated[str, Field(min_length=1, max_length=40)]
Priority = Literal["low", "normal", "high"]


class TicketBody(BaseModel):
    id: int | None = None
    title: Title
    priority: Priority = "normal"
    assignee: Assignee | None = None
    done: bool = False


class TicketChanges(BaseModel):
    # The defaults are never read: they let a field be missing without letting it be null.
    title: Title = ""
    priority: Priority = "normal"
    assignee: Assignee | None = None
    done: bool = False


class Ticket(TicketBody):
    id: int


app = FastAPI(title="Ticket desk")
tickets: dict[int, Ticket] = {}
next_id = count(1)


def find(ticket_id: int) -> Ticket:
    if ticket_id not in tickets:
        raise HTTPException(404, "There is no such ticket")
    return tickets[ticket_id]


@app.get("/tickets")
async def list_tickets(
    done: bool | None = None,
    limit: Annotated[int, Query(ge=1, le=50)] = 10,
) -> list[Ticket]:
    # A dict keeps the order of first insertion, also when a value is replaced.
    newest_first = reversed(tickets.values())
    return [t for t in newest_first if done is None or t.done == done][:limit]


@app.post("/tickets", status_code=201)
async def open_ticket(body: TicketBody, response: Response) -> Ticket:
    ticket = Ticket(**body.model_dump() | {"id": next(next_id)})
    tickets[ticket.id] = ticket
    response.headers["Location"] = app.url_path_for("show", ticket_id=ticket.id)
    return ticket


@app.get("/tickets/{ticket_id}")
async def show(ticket_id: int) -> Ticket:
    return find(ticket_id)


@app.put("/tickets/{ticket_id}")
async def replace(ticket_id: int, body: TicketBody) -> Ticket:
    find(ticket_id)
    tickets[ticket_id] = Ticket(**body.model_dump() | {"id": ticket_id})
    return tickets[ticket_id]


@app.patch("/tickets/{ticket_id}")
async def change(ticket_id: int, changes: TicketChanges) -> Ticket:
    sent = changes.model_dump(exclude_unset=True)
    tickets[ticket_id] = find(ticket_id).model_copy(update=sent)
    return tickets[ticket_id]


@app.delete("/tickets/{ticket_id}", status_code=204)
async def throw_away(ticket_id: int) -> None:
    tickets.pop(ticket_id, None)
