"""The lending library on an async engine, with a lock round looking and writing."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Annotated, Any

from fastapi import APIRouter, Depends, FastAPI, HTTPException, Query, Response, status
from pydantic import BaseModel, StringConstraints
from sqlalchemy import Boolean, ForeignKey, String, UniqueConstraint, exists, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship, selectinload

engine = create_async_engine("sqlite+aiosqlite:///library.db")
sessions = async_sessionmaker(engine, expire_on_commit=False)
# Whoever looks first and writes then must be alone in between.
lending = asyncio.Lock()


class Base(DeclarativeBase):
    id: Mapped[int] = mapped_column(primary_key=True)

    def told(self) -> dict[str, Any]:
        return {column.key: getattr(self, column.key) for column in self.__table__.columns}


class Book(Base):
    __tablename__ = "books"
    __table_args__ = (UniqueConstraint("isbn"),)
    isbn: Mapped[str] = mapped_column(String(13))
    title: Mapped[str] = mapped_column(String(200))


class Member(Base):
    __tablename__ = "members"
    __table_args__ = (UniqueConstraint("email"),)
    name: Mapped[str] = mapped_column(String(100))
    email: Mapped[str] = mapped_column(String(100))


class Loan(Base):
    __tablename__ = "loans"
    book_id: Mapped[int] = mapped_column(ForeignKey("books.id"))
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"))
    returned: Mapped[bool] = mapped_column(Boolean, default=False)
    book: Mapped[Book] = relationship(lazy="raise")
    member: Mapped[Member] = relationship(lazy="raise")

    def told(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "returned": self.returned,
            "book": self.book.told(),
            "member": self.member.told(),
        }


class BookIn(BaseModel):
    isbn: Annotated[str, StringConstraints(pattern="^[0-9]{13}$")]
    title: Annotated[str, StringConstraints(min_length=1, max_length=200)]


class MemberIn(BaseModel):
    name: Annotated[str, StringConstraints(min_length=1, max_length=100)]
    email: Annotated[str, StringConstraints(min_length=3, max_length=100)]


class LoanIn(BaseModel):
    book_id: int
    member_id: int


@asynccontextmanager
async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
    async with engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)
    yield
    await engine.dispose()


async def get_session() -> AsyncIterator[AsyncSession]:
    async with sessions() as session:
        yield session


Database = Annotated[AsyncSession, Depends(get_session)]
BOTH = (selectinload(Loan.book), selectinload(Loan.member))
books, loans = APIRouter(prefix="/books"), APIRouter(prefix="/loans")


async def save(session: AsyncSession, *rows: Base) -> None:
    session.add_all(rows)
    try:
        await session.commit()
    except IntegrityError:
        await session.rollback()
        raise HTTPException(status.HTTP_409_CONFLICT, "There is one like it already") from None


async def get(session: AsyncSession, kind: type[Base], row_id: int, *options: Any) -> Any:
    row = await session.get(kind, row_id, options=options)
    if row is None:
        raise HTTPException(status.HTTP_404_NOT_FOUND, f"No such {kind.__name__.lower()}")
    return row


@books.post("", status_code=201)
async def create(body: BookIn, session: Database):
    book = Book(**body.model_dump())
    await save(session, book)
    return book.told()


@books.post("/import", status_code=201)
async def create_many(bodies: list[BookIn], session: Database):
    if not 1 <= len(bodies) <= 200:
        raise HTTPException(status.HTTP_422_UNPROCESSABLE_CONTENT, "1 to 200 books, please")
    rows = [Book(**body.model_dump()) for body in bodies]
    await save(session, *rows)
    return [row.told() for row in rows]


@books.get("/{book_id}")
async def read(book_id: int, session: Database):
    return (await get(session, Book, book_id)).told()


@books.put("/{book_id}")
async def update(book_id: int, body: BookIn, session: Database):
    book = await get(session, Book, book_id)
    book.isbn, book.title = body.isbn, body.title
    await save(session, book)
    return book.told()


@books.delete("/{book_id}")
async def delete(book_id: int, session: Database) -> Response:
    book = await get(session, Book, book_id)
    if await session.scalar(select(exists().where(Loan.book_id == book_id))):
        raise HTTPException(status.HTTP_409_CONFLICT, "This book has been lent")
    await session.delete(book)
    await session.commit()
    return Response(status_code=204)


async def create_member(body: MemberIn, session: Database):
    member = Member(**body.model_dump())
    await save(session, member)
    return member.told()


@loans.post("", status_code=201)
async def lend(body: LoanIn, session: Database):
    book = await get(session, Book, body.book_id)
    member = await get(session, Member, body.member_id)
    async with lending:
        open_loan = select(Loan.id).where(Loan.book_id == book.id, Loan.returned.is_(False))
        if await session.scalar(open_loan) is not None:
            raise HTTPException(status.HTTP_409_CONFLICT, "Somebody else has it")
        loan = Loan(book_id=book.id, member_id=member.id, returned=False)
        await save(session, loan)
    return {"id": loan.id, "returned": False, "book": book.told(), "member": member.told()}


@loans.post("/{loan_id}/return")
async def take_back(loan_id: int, session: Database):
    async with lending:
        loan = await get(session, Loan, loan_id, *BOTH)
        if loan.returned:
            raise HTTPException(status.HTTP_409_CONFLICT, "It is back already")
        loan.returned = True
        await session.commit()
    return loan.told()


@loans.get("")
async def index(
    session: Database,
    is_open: Annotated[bool | None, Query(alias="open")] = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
    offset: Annotated[int, Query(ge=0)] = 0,
):
    conditions = [] if is_open is None else [Loan.returned.is_(not is_open)]
    total = await session.scalar(select(func.count(Loan.id)).where(*conditions))
    found: Sequence[Loan] = (
        await session.scalars(
            select(Loan)
            .where(*conditions)
            .order_by(Loan.id.desc())
            .slice(offset, offset + limit)
            .options(*BOTH)
        )
    ).all()
    return {"total": total, "loans": [loan.told() for loan in found]}


app = FastAPI(lifespan=lifespan)
app.post("/members", status_code=201)(create_member)
app.include_router(books)
app.include_router(loans)
