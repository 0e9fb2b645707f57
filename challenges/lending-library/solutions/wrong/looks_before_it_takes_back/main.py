"""Mistake: looks whether a loan is over and then ends it; nothing holds in between."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

from fastapi import Depends, FastAPI, HTTPException, Query, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import ForeignKey, Index, create_engine, event, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, joinedload, mapped_column, relationship

FILE = Path(__file__).parent / "library.db"
engine = create_engine(f"sqlite:///{FILE}")


@event.listens_for(engine, "connect")
def keep_references(connection, _record) -> None:
    # SQLite looks at foreign keys only if each connection asks it to.
    connection.execute("PRAGMA foreign_keys = ON")


class Base(DeclarativeBase):
    pass


class Book(Base):
    __tablename__ = "book"
    id: Mapped[int] = mapped_column(primary_key=True)
    isbn: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str]


class Member(Base):
    __tablename__ = "member"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    email: Mapped[str] = mapped_column(unique=True)


class Loan(Base):
    __tablename__ = "loan"
    id: Mapped[int] = mapped_column(primary_key=True)
    book_id: Mapped[int] = mapped_column(ForeignKey("book.id"))
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    returned: Mapped[bool] = mapped_column(default=False)
    book: Mapped[Book] = relationship()
    member: Mapped[Member] = relationship()


# A book has one loan at most that is not returned, whoever asks, and whenever.
Index("one_open_loan", Loan.book_id, unique=True, sqlite_where=~Loan.returned)
Base.metadata.create_all(engine)


class BookBody(BaseModel):
    isbn: str = Field(pattern=r"^[0-9]{13}$")
    title: str = Field(min_length=1, max_length=200)


class MemberBody(BaseModel):
    name: str = Field(min_length=1, max_length=100)
    email: str = Field(min_length=3, max_length=100)


class LoanBody(BaseModel):
    book_id: int
    member_id: int


class Row(BaseModel):
    model_config = ConfigDict(from_attributes=True)
    id: int


class BookOut(Row, BookBody):
    pass


class MemberOut(Row, MemberBody):
    pass


class LoanOut(Row):
    returned: bool
    book: BookOut
    member: MemberOut


class Page(BaseModel):
    total: int
    loans: list[LoanOut]


def a_session() -> Iterator[Session]:
    with Session(engine, expire_on_commit=False) as session:
        yield session


Db = Annotated[Session, Depends(a_session)]
app = FastAPI(title="Lending library")


@app.exception_handler(IntegrityError)
def conflict(_request: Request, _error: IntegrityError) -> JSONResponse:
    return JSONResponse({"detail": "This conflicts with what is there"}, 409)


def find(db: Session, kind: type[Base], row_id: int) -> Any:
    found = db.get(kind, row_id)
    if found is None:
        raise HTTPException(404, f"There is no such {kind.__tablename__}")
    return found


@app.post("/books", status_code=201, response_model=BookOut)
def add_book(body: BookBody, db: Db) -> Book:
    book = Book(**body.model_dump())
    db.add(book)
    db.commit()
    return book


@app.post("/books/import", status_code=201, response_model=list[BookOut])
def import_books(
    bodies: Annotated[list[BookBody], Field(min_length=1, max_length=200)], db: Db
) -> list[Book]:
    added = [Book(**body.model_dump()) for body in bodies]
    db.add_all(added)
    db.commit()
    return added


@app.get("/books/{book_id}", response_model=BookOut)
def show_book(book_id: int, db: Db) -> Book:
    return find(db, Book, book_id)


@app.put("/books/{book_id}", response_model=BookOut)
def replace_book(book_id: int, body: BookBody, db: Db) -> Book:
    book = find(db, Book, book_id)
    book.isbn = body.isbn
    book.title = body.title
    db.commit()
    return book


@app.delete("/books/{book_id}", status_code=204)
def remove_book(book_id: int, db: Db) -> None:
    db.delete(find(db, Book, book_id))
    db.commit()


@app.post("/members", status_code=201, response_model=MemberOut)
def add_member(body: MemberBody, db: Db) -> Member:
    member = Member(**body.model_dump())
    db.add(member)
    db.commit()
    return member


@app.post("/loans", status_code=201, response_model=LoanOut)
def lend(body: LoanBody, db: Db) -> Loan:
    loan = Loan(
        book=find(db, Book, body.book_id), member=find(db, Member, body.member_id), returned=False
    )
    db.add(loan)
    db.commit()
    return loan


@app.post("/loans/{loan_id}/return", response_model=LoanOut)
def take_back(loan_id: int, db: Db) -> Loan:
    loan = find(db, Loan, loan_id)
    if loan.returned:
        raise HTTPException(409, "This loan is over")
    loan.returned = True
    db.commit()
    return loan


@app.get("/loans", response_model=Page)
def list_loans(
    db: Db,
    open: bool | None = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
    offset: Annotated[int, Query(ge=0)] = 0,
) -> dict[str, object]:
    wanted = select(Loan)
    if open is not None:
        wanted = wanted.where(Loan.returned != open)
    page = wanted.order_by(Loan.id.desc()).limit(limit).offset(offset)
    return {
        "total": db.scalar(select(func.count()).select_from(wanted.subquery())),
        "loans": db.scalars(page.options(joinedload(Loan.book), joinedload(Loan.member))).all(),
    }
