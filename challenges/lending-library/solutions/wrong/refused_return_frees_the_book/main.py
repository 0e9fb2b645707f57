"""Mistake: returning a loan that is over is refused, but marks the book as back nevertheless."""

import os
from typing import Annotated, Any

from fastapi import Body, FastAPI, HTTPException, Query, Response
from pydantic import BaseModel, Field
from sqlalchemy import (
    Column,
    ForeignKey,
    Integer,
    MetaData,
    Row,
    Select,
    Table,
    Text,
    create_engine,
    delete,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError
from sqlalchemy.pool import NullPool

here = os.path.dirname(os.path.abspath(__file__))
engine = create_engine("sqlite:///" + os.path.join(here, "library.db"), poolclass=NullPool)
schema = MetaData()
book = Table(
    "book",
    schema,
    Column("id", Integer, primary_key=True),
    Column("isbn", Text, unique=True, nullable=False),
    Column("title", Text, nullable=False),
    # 1 while it is lent: lending it is one UPDATE that finds it at home, or does not.
    Column("away", Integer, nullable=False, default=0),
)
member = Table(
    "member",
    schema,
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False),
    Column("email", Text, unique=True, nullable=False),
)
loan = Table(
    "loan",
    schema,
    Column("id", Integer, primary_key=True),
    Column("book_id", ForeignKey("book.id"), nullable=False),
    Column("member_id", ForeignKey("member.id"), nullable=False),
    Column("returned", Integer, nullable=False, default=0),
)
schema.create_all(engine)
app = FastAPI()


class NewBook(BaseModel):
    isbn: str = Field(pattern="^[0-9]{13}$")
    title: str = Field(min_length=1, max_length=200)


class NewMember(BaseModel):
    name: str = Field(min_length=1, max_length=100)
    email: str = Field(min_length=3, max_length=100)


class Conflict(HTTPException):
    def __init__(self) -> None:
        super().__init__(409, "Conflict")


def loans() -> Select:
    columns = (loan.c.id, loan.c.returned, *book.c[:3], *member.c)
    return select(*columns).join_from(loan, book).join(member)


def shown(row: Row) -> dict[str, Any]:
    values = iter(row)
    return {
        "id": next(values),
        "returned": bool(next(values)),
        "book": {"id": next(values), "isbn": next(values), "title": next(values)},
        "member": {"id": next(values), "name": next(values), "email": next(values)},
    }


@app.post("/books", status_code=201)
def add_book(new: NewBook) -> dict[str, Any]:
    return import_books([new])[0]


@app.post("/books/import", status_code=201)
def import_books(
    new: Annotated[list[NewBook], Body(min_length=1, max_length=200)],
) -> list[dict[str, Any]]:
    rows = [each.model_dump() for each in new]
    try:
        with engine.begin() as connection:
            statement = insert(book).returning(book.c.id, sort_by_parameter_order=True)
            ids = connection.scalars(statement, rows).all()
    except IntegrityError:
        raise Conflict from None
    return [{"id": book_id, **row} for book_id, row in zip(ids, rows)]


@app.get("/books/{book_id}")
def show_book(book_id: int) -> dict[str, Any]:
    with engine.connect() as connection:
        row = connection.execute(select(*book.c[:3]).where(book.c.id == book_id)).mappings().first()
    if row is None:
        raise HTTPException(404)
    return dict(row)


@app.put("/books/{book_id}")
def put_book(book_id: int, new: NewBook) -> dict[str, Any]:
    try:
        with engine.begin() as connection:
            done = connection.execute(
                update(book).where(book.c.id == book_id).values(new.model_dump())
            )
    except IntegrityError:
        raise Conflict from None
    if done.rowcount == 0:
        raise HTTPException(404)
    return {"id": book_id, **new.model_dump()}


@app.delete("/books/{book_id}")
def delete_book(book_id: int) -> Response:
    with engine.begin() as connection:
        if connection.scalar(select(func.count()).where(loan.c.book_id == book_id)):
            raise Conflict
        if connection.execute(delete(book).where(book.c.id == book_id)).rowcount == 0:
            raise HTTPException(404)
    return Response(status_code=204)


@app.post("/members", status_code=201)
def add_member(new: NewMember) -> dict[str, Any]:
    try:
        with engine.begin() as connection:
            done = connection.execute(insert(member).values(new.model_dump()))
    except IntegrityError:
        raise Conflict from None
    return {"id": done.inserted_primary_key.id, **new.model_dump()}


@app.post("/loans", status_code=201)
def lend(
    book_id: Annotated[int, Body(embed=True)], member_id: Annotated[int, Body(embed=True)]
) -> dict[str, Any]:
    with engine.begin() as connection:
        for table, row_id in ((book, book_id), (member, member_id)):
            if connection.scalar(select(table.c.id).where(table.c.id == row_id)) is None:
                raise HTTPException(404)
        free = update(book).where(book.c.id == book_id, book.c.away == 0)
        if connection.execute(free.values(away=1)).rowcount == 0:
            raise Conflict
        done = connection.execute(insert(loan).values(book_id=book_id, member_id=member_id))
        [loan_id] = done.inserted_primary_key
        return shown(connection.execute(loans().where(loan.c.id == loan_id)).one())


@app.post("/loans/{loan_id}/return")
def take_back(loan_id: int) -> dict[str, Any]:
    with engine.begin() as connection:
        book_id = connection.scalar(select(loan.c.book_id).where(loan.c.id == loan_id))
        if book_id is None:
            raise HTTPException(404)
        connection.execute(update(book).where(book.c.id == book_id).values(away=0))
    with engine.begin() as connection:
        lent = update(loan).where(loan.c.id == loan_id, loan.c.returned == 0)
        if connection.execute(lent.values(returned=1)).rowcount == 0:
            raise Conflict
        return shown(connection.execute(loans().where(loan.c.id == loan_id)).one())


@app.get("/loans")
def list_loans(
    open: bool | None = None,
    limit: int = Query(20, ge=1, le=100),
    offset: int = Query(0, ge=0),
) -> dict[str, Any]:
    found, counted = loans(), select(func.count()).select_from(loan)
    if open is not None:
        found, counted = (each.where(loan.c.returned == (not open)) for each in (found, counted))
    with engine.connect() as connection:
        rows = connection.execute(found.order_by(loan.c.id.desc()).limit(limit).offset(offset))
        return {"total": connection.scalar(counted), "loans": [shown(row) for row in rows]}
