"""The ticket desk as a class with sync handlers; PATCH merges plain JSON, then checks the whole."""

from threading import Lock
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Body, Depends, FastAPI, HTTPException, Query, Request, Response
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, StringConstraints, ValidationError


class Fields(BaseModel):
    title: Annotated[str, StringConstraints(min_length=1, max_length=80)]
    priority: Literal["low", "normal", "high"] = "normal"
    assignee: Annotated[str, StringConstraints(min_length=1, max_length=40)] | None = None
    done: bool = False


class Desk:
    """Tickets by id, oldest first."""

    def __init__(self) -> None:
        self.rows: dict[int, dict[str, Any]] = {}
        self.last_id = 0
        self.lock = Lock()

    def add(self, fields: Fields) -> dict[str, Any]:
        with self.lock:
            self.last_id += 1
            self.rows[self.last_id] = {"id": self.last_id, **fields.model_dump()}
            return self.rows[self.last_id]

    def get(self, ticket_id: int) -> dict[str, Any]:
        try:
            return self.rows[ticket_id]
        except KeyError:
            raise HTTPException(404, f"Ticket {ticket_id} is not there") from None

    def put(self, ticket_id: int, fields: Fields) -> dict[str, Any]:
        with self.lock:
            self.get(ticket_id)
            self.rows[ticket_id] = {"id": ticket_id, **fields.model_dump()}
            return self.rows[ticket_id]


def the_desk(request: Request) -> Desk:
    return request.app.state.desk


DeskHere = Annotated[Desk, Depends(the_desk)]
router = APIRouter(prefix="/tickets")


@router.post("", status_code=201)
def create(fields: Fields, desk: DeskHere, request: Request, response: Response):
    ticket = desk.add(fields)
    response.headers["Location"] = str(request.url_for("read", ticket_id=ticket["id"]))
    return ticket


@router.get("")
def index(desk: DeskHere, done: bool | None = None, limit: int = Query(10, gt=0, lt=51)):
    rows = sorted(desk.rows.values(), key=lambda row: row["id"], reverse=True)
    if done is not None:
        rows = [row for row in rows if row["done"] is done]
    return rows[:limit]


@router.get("/{ticket_id}")
def read(ticket_id: int, desk: DeskHere):
    return desk.get(ticket_id)


@router.put("/{ticket_id}")
def replace(ticket_id: int, fields: Fields, desk: DeskHere):
    return desk.put(ticket_id, fields)


@router.patch("/{ticket_id}")
def change(ticket_id: int, sent: Annotated[dict[str, Any], Body()], desk: DeskHere):
    try:
        fields = Fields.model_validate(desk.get(ticket_id) | sent)
    except ValidationError as error:
        raise RequestValidationError(error.errors(), body=sent) from None
    return desk.put(ticket_id, fields)


@router.delete("/{ticket_id}", status_code=204, response_class=Response)
def delete(ticket_id: int, desk: DeskHere) -> None:
    desk.rows.pop(ticket_id, None)


app = FastAPI()
app.state.desk = Desk()
app.include_router(router)
